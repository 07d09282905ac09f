"""Who may ask, and the record that somebody asked: sign-in, gate, audit."""
