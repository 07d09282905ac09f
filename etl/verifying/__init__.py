"""Whether what is stored is still what the source files say: read them again, compare facts and graph; see ``verify``."""
