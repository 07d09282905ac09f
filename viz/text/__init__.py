"""What is said: the words of both languages, sentences of values, widths of texts, the font."""
