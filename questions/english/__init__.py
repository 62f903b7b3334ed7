"""English as news writes it: phrases of time, countries, lists of words."""
