"""The Office itself (侦查监督与协作配合办公室)."""
