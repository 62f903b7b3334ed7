"""A language model suggests questions, where a team has one; nothing here is needed without it."""
