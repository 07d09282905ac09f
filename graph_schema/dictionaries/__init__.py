"""Dictionaries: versioned data files, and the questions they answer."""

from graph_schema.dictionaries.banks import CardBin, bank_name, card_bin
from graph_schema.dictionaries.couriers import courier_name, courier_shapes
from graph_schema.dictionaries.loader import DictionaryEntry, DictionaryError, load, version
from graph_schema.dictionaries.names import (
    NameSearch,
    confusable,
    differ_by_confusable,
    every_reading,
    name_search,
    surname,
)
from graph_schema.dictionaries.numbers import carrier, is_service_number, is_virtual_operator, service_name
from graph_schema.dictionaries.platforms import is_platform, platform_name
from graph_schema.dictionaries.substances import (
    CodeWord,
    chemical_name,
    code_words,
    find_code_words,
    precursor,
    substance,
)
from graph_schema.dictionaries.tiers import Rating, rate, rule_for, tier_of
from graph_schema.dictionaries.words import case_class, direction, plate_kind_code, role_class

__all__ = [
    "CardBin",
    "CodeWord",
    "DictionaryEntry",
    "DictionaryError",
    "NameSearch",
    "Rating",
    "bank_name",
    "card_bin",
    "carrier",
    "case_class",
    "chemical_name",
    "code_words",
    "confusable",
    "courier_name",
    "courier_shapes",
    "differ_by_confusable",
    "direction",
    "every_reading",
    "find_code_words",
    "is_platform",
    "is_service_number",
    "is_virtual_operator",
    "load",
    "name_search",
    "plate_kind_code",
    "platform_name",
    "precursor",
    "rate",
    "role_class",
    "rule_for",
    "service_name",
    "substance",
    "surname",
    "tier_of",
    "version",
]
