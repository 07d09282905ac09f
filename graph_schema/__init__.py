"""The one declaration of Upline's graph, and the store that keeps it."""
