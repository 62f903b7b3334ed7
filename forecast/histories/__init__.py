"""What was forecast of a question, and what held when: the ground of crowd and scoring."""
