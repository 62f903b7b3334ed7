"""Who is better, and at what: what scores alone cannot say, from models in PyMC."""
