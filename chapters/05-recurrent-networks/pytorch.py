"""Recurrent networks in PyTorch: the twin of the chapter's TypeScript, name by name.

Run it: python3 chapters/05-recurrent-networks/pytorch.py
"""
