"""Link internal and external supervision (加强内外监督衔接)."""
