"""From the JSON contract to a drawing: gang, chain, person, canvas."""
