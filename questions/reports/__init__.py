"""A report finds the questions it bears on and the story it belongs to."""
