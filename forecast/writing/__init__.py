"""How people write values and outcomes, and read them."""
