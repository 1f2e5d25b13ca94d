"""The command line and composition root; the only package that sees all others."""

__version__ = "0.1.0"
