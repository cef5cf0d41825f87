"""LSTM and GRU in PyTorch: the twin of the chapter's TypeScript, name by name.

Run it: python3 chapters/06-lstm-and-gru/pytorch.py
"""
