"""Human judgements: an append-only ledger, what stands in it, and what is put to a person."""
