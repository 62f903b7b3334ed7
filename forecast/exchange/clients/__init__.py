"""Platforms are asked over the network: an edge, and the only importers of httpx.

Each module knows the addresses of one platform, and gives the JSON that a saved file of its
interface holds; :mod:`forecast.exchange.formats` makes sense of it.
"""
