"""How answers about an invented district stand against its truth, noun by noun; used by the demo and by tests."""
