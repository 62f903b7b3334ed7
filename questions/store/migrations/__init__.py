"""Stores of older schemas become stores of today's; a schema is held against what it should be.

Each schema is a revision of Alembic in ``versions``, called by its number. What a store says
of itself is the only record of which one it has, so there is no table of Alembic's own.
"""
