"""The nouns of casekit: frozen, typed, standard library only. No file is read here and nothing is computed."""
