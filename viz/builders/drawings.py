"""From the JSON contract to a drawing: a gang, a chain, a person with his neighbourhood, in both languages.

Each builder returns the drawing in ``language`` with its twin in the other one. ``evidence`` maps row
references to ``{"file": …, "text": …}`` (``evidence_of`` lists the rows to look up, ``evidence_texts``
makes the mapping from rows as stored); rows without an entry are shown with their reference alone.
``run`` is ``{"id", "rules", "data_to"}``; ``decision`` is ``{"by", "at", "reason"}`` of a confirmed
object.
"""

from __future__ import annotations

from viz.builders.chain import chain_drawing
from viz.builders.gang import gang_drawing
from viz.builders.parts import evidence_of, evidence_texts
from viz.builders.person import person_drawing

__all__ = ["chain_drawing", "evidence_of", "evidence_texts", "gang_drawing", "person_drawing"]
