"""The JSON of the district's nouns: one envelope, one shape of item, and a module for what each noun adds."""
