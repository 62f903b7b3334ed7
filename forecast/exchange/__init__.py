"""Histories of other platforms: what they write becomes records of ours, and the reverse."""
