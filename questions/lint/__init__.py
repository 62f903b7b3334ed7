"""A draft or question becomes Findings, whoever wrote it."""

from questions.lint.checks import check, is_sound
from questions.lint.duplicates import repeats
from questions.lint.register import register_of

__all__ = ["check", "is_sound", "register_of", "repeats"]
