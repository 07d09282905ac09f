"""Tasks under supervision: state, problems, days overdue."""
