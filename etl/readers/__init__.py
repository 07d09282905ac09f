"""Readers: from bytes to rows of text cells, whatever the container and the encoding."""
