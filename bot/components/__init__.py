"""Our additions to Rasa. They import nothing of ours, so the Rasa process stands alone."""
