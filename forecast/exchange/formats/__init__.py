"""What each platform writes, read purely: texts and JSON in, a batch of records out."""
