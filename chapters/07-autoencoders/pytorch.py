"""Autoencoders in PyTorch: the twin of the chapter's TypeScript, name by name.

Run it: python3 chapters/07-autoencoders/pytorch.py
"""
