"""Members' words and ours: cleaned, cut into sentences, spelled, stemmed, matched."""
