"""A draft or question becomes Findings, whoever wrote it."""

from questions.lint.checks import check

__all__ = ["check"]
