"""The top floor for programs: leads, findings, opinions, the Office board, areas, registers. Nothing decides here."""
