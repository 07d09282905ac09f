"""Reviews: giving and reading judgements, and the questions put to a person."""
