"""One forecast of many."""
