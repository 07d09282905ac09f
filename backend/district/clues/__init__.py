"""Online-sale clues: joined into the offers of one seller, every join with its reason and undone like an identity."""
