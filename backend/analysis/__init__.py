"""Pure functions on arrays: ties, supplies, gangs, chains. No database, no HTTP, no clock, no randomness but
the seed.
"""
