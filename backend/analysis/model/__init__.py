"""What an analysis is given and what it answers: facts, results, weights."""
