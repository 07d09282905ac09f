"""Analyses of call and money books, asked for one by one."""
