"""The Rasa actions: read the conversation, ask `knowledge`, reply."""
