"""A file or standard input becomes an Article."""

from questions.articles.reading import article_from_bytes, read_article

__all__ = ["article_from_bytes", "read_article"]
