"""The loop of leads: their course with its time limits, and what came of each rule."""
