"""Explorable explanations from Markdown and small numpy functions."""

__version__ = "0.1.0"
