"""The declaration of Upline's graph, and the store that holds it."""
