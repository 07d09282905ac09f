"""Questions about one gang: key-player sets, and what removing members would do."""

from backend.analysis.gang_suite.keyplayers import KeyPlayers, Removed, fragmentation, key_players, removed

__all__ = ["KeyPlayers", "Removed", "fragmentation", "key_players", "removed"]
