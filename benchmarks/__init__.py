"""Measured ratios: each benchmark sets Upline beside the plain alternative in one run and prints both."""
