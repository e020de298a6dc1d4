"""The app as a running process: guard, health, logs, Rasa, set-up."""
