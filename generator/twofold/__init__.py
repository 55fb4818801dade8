"""Twofold: one product plan, told to those who buy and to those who use."""

__all__ = ["__version__"]

__version__ = "0.1.0"
