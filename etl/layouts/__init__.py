"""What tables look like: their columns and words, the heading that tells them, what stands around the rows."""
