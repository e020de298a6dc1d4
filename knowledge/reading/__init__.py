"""The reader: the model that judges whether a passage answers, and which of its sentences do."""
