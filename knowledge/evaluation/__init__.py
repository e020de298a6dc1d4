"""How well it answers: golden questions, calibration, reports."""
