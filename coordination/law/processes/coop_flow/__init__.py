"""Link-up of investigation and prosecution (加强侦诉衔接配合)."""
