"""What goes together in the facts: calls with payments, profiles of persons, identifiers, marks of seized goods."""
