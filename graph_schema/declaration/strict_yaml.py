"""YAML that refuses what a declaration must not contain: repeated keys and YAML 1.1's surprise booleans."""

from __future__ import annotations

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml


class DeclarationError(ValueError):
    """A declaration file is not well formed: names the file, the line and what to change."""


class _StrictLoader(yaml.SafeLoader):
    """Safe loader where a repeated key is an error and only true and false are booleans."""


def _mapping(loader: _StrictLoader, node: yaml.MappingNode, deep: bool = True) -> dict[Hashable, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if key.value in seen:
            line = key.start_mark.line + 1
            raise DeclarationError(f"key '{key.value}' is repeated in line {line}; keep one of them")
        seen.add(key.value)
    loader.flatten_mapping(node)
    return loader.construct_mapping(node, deep=deep)


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
# YAML 1.1 reads yes, no, on and off as booleans; here they are words.
_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _first, _word in (("t", "true"), ("f", "false")):
    _StrictLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(f"^{_word}$"), [_first])


def parse(text: str, where: str = "text") -> dict[str, Any]:
    """Return the mapping a YAML text holds; DeclarationError names ``where`` and the line."""
    try:
        value = yaml.load(text, Loader=_StrictLoader)
    except (DeclarationError, yaml.YAMLError) as error:
        raise DeclarationError(f"{where}: {error}") from error
    if not isinstance(value, dict):
        raise DeclarationError(f"{where}: a mapping is expected")
    return value


def read(path: Path) -> dict[str, Any]:
    """Return the mapping a YAML file holds."""
    return parse(path.read_text(encoding="utf-8"), path.name)
