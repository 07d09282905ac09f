"""A drawing laid out: places, lines, cards, hulls and the legend."""
