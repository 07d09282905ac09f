"""Who is who within a run: holders counted as one, users of numbers, successive numbers."""
