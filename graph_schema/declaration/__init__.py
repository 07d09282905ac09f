"""THE declaration: labels, relationship types, properties and their display text, read from strict YAML."""

from graph_schema.declaration.loader import load_declaration
from graph_schema.declaration.model import Declaration, Label, Property, Relationship
from graph_schema.declaration.strict_yaml import DeclarationError

__all__ = ["Declaration", "DeclarationError", "Label", "Property", "Relationship", "load_declaration"]
