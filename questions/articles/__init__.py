"""A file, a page, a feed, an address, a folder or standard input becomes Articles."""

from questions.articles.gathering import Errand, gather
from questions.articles.network import Network
from questions.articles.reading import article_from_bytes, read_article

__all__ = ["Errand", "Network", "article_from_bytes", "gather", "read_article"]
