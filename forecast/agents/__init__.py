"""Programs as members: what they may read and say, over the Model Context Protocol."""
