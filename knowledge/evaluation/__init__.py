"""How well it answers: golden questions, reports."""
