"""Judgements: what may be judged, the append-only ledger of them, and how they lie over every answer."""
