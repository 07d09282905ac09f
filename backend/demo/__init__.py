"""An invented district: people, trade and inquiries written as files; the truth is kept apart."""
