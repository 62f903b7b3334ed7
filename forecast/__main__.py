"""``python -m forecast`` is the command ``tidings``."""

from forecast.cli.main import main

main()
