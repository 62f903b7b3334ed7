"""What ``import forecast`` offers: in a few lines of a notebook what the commands do."""
