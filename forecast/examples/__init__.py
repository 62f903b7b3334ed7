"""The demonstration: a real story retold, replayed through the desk from article to score."""
