"""What is read, as of an instant: plain dictionaries for terminal, JSON, pictures and page.

The one place that decides what a reader may see.
"""
