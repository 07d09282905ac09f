"""The district's systems: clues, risk, chemicals, drivers, care, wastewater, figures and tasks."""
