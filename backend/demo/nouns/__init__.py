"""The district's nouns in the demo: each writes its own tables and says what is true of them."""
