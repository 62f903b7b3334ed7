"""A draft or question becomes Findings."""

from questions.lint.checks import check

__all__ = ["check"]
