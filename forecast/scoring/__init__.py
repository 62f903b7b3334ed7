"""How well the forecasts did: histories, rules, points, calibration, leaderboard."""
