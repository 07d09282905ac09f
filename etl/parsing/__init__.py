"""Single cells: text, numbers, money and times, as sources write them."""
