"""Reports for paper: a model of sentences with their proof, written as DOCX and as PDF."""
