"""Outlines for the kinds of things: only the names used, from Tabler Icons 3.31.0, on a 24 × 24 grid.

Tabler Icons: MIT License, Copyright (c) 2020-2024 Paweł Kuna. Permission is hereby granted, free of
charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use,
copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions: The above
copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING
BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR
OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""

from __future__ import annotations

PATHS: dict[str, str] = {
    "device-mobile": (
        "M6 5a2 2 0 0 1 2 -2h8a2 2 0 0 1 2 2v14a2 2 0 0 1 -2 2h-8a2 2 0 0 1 -2 -2v-14z M11 4h2 M12 17v.01"
    ),
    "device-sim": (
        "M6 3h8.5l4.5 4.5v12.5a1 1 0 0 1 -1 1h-12a1 1 0 0 1 -1 -1v-16a1 1 0 0 1 1 -1z M9 11h3v6 M15 "
        "17v.01 M15 14v.01 M15 11v.01 M9 14v.01 M9 17v.01"
    ),
    "device-mobile-cog": (
        "M12 21h-4a2 2 0 0 1 -2 -2v-14a2 2 0 0 1 2 -2h8a2 2 0 0 1 2 2v6.5 M11 4h2 M12 17v.01 M19.001 "
        "19m-2 0a2 2 0 1 0 4 0a2 2 0 1 0 -4 0 M19.001 15.5v1.5 M19.001 21v1.5 M22.032 17.25l-1.299 .75 "
        "M17.27 20l-1.3 .75 M15.97 17.25l1.3 .75 M20.733 20l1.3 .75"
    ),
    "credit-card": (
        "M3 5m0 3a3 3 0 0 1 3 -3h12a3 3 0 0 1 3 3v8a3 3 0 0 1 -3 3h-12a3 3 0 0 1 -3 -3z M3 10l18 0 M7 "
        "15l.01 0 M11 15l2 0"
    ),
    "wallet": (
        "M17 8v-3a1 1 0 0 0 -1 -1h-10a2 2 0 0 0 0 4h12a1 1 0 0 1 1 1v3m0 4v3a1 1 0 0 1 -1 1h-12a2 2 0 0 "
        "1 -2 -2v-12 M20 12v4h-4a2 2 0 0 1 0 -4h4"
    ),
    "folder": "M5 4h4l3 3h7a2 2 0 0 1 2 2v8a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-11a2 2 0 0 1 2 -2",
    "building-factory-2": (
        "M3 21h18 M5 21v-12l5 4v-4l5 4h4 M19 21v-8l-1.436 -9.574a.5 .5 0 0 0 -.495 -.426h-1.145a.5 .5 0 "
        "0 0 -.494 .418l-1.43 8.582 M9 17h1 M14 17h1"
    ),
    "topology-star-3": (
        "M10 19a2 2 0 1 0 -4 0a2 2 0 0 0 4 0z M18 5a2 2 0 1 0 -4 0a2 2 0 0 0 4 0z M10 5a2 2 0 1 0 -4 0a2 "
        "2 0 0 0 4 0z M6 12a2 2 0 1 0 -4 0a2 2 0 0 0 4 0z M18 19a2 2 0 1 0 -4 0a2 2 0 0 0 4 0z M14 12a2 "
        "2 0 1 0 -4 0a2 2 0 0 0 4 0z M22 12a2 2 0 1 0 -4 0a2 2 0 0 0 4 0z M6 12h4 M14 12h4 M15 7l-2 3 M9 "
        "7l2 3 M11 14l-2 3 M13 14l2 3"
    ),
    "route": (
        "M3 19a2 2 0 1 0 4 0a2 2 0 0 0 -4 0 M19 7a2 2 0 1 0 0 -4a2 2 0 0 0 0 4z M11 19h5.5a3.5 3.5 0 0 0 "
        "0 -7h-8a3.5 3.5 0 0 1 0 -7h4.5"
    ),
    "pills": (
        "M8 8m-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0 M17 17m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0 M4.5 4.5l7 7 "
        "M19.5 14.5l-5 5"
    ),
    "package": (
        "M12 3l8 4.5l0 9l-8 4.5l-8 -4.5l0 -9l8 -4.5 M12 12l8 -4.5 M12 12l0 9 M12 12l-8 -4.5 M16 5.25l-8 4.5"
    ),
    "flask": "M9 3l6 0 M10 9l4 0 M10 3v6l-4 11a.7 .7 0 0 0 .5 1h11a.7 .7 0 0 0 .5 -1l-4 -11v-6",
    "bulb": (
        "M3 12h1m8 -9v1m8 8h1m-15.4 -6.4l.7 .7m12.1 -.7l-.7 .7 M9 16a5 5 0 1 1 6 0a3.5 3.5 0 0 0 -1 3a2 "
        "2 0 0 1 -4 0a3.5 3.5 0 0 0 -1 -3 M9.7 17l4.6 0"
    ),
    "message-2": (
        "M8 9h8 M8 13h6 M9 18h-3a3 3 0 0 1 -3 -3v-8a3 3 0 0 1 3 -3h12a3 3 0 0 1 3 3v8a3 3 0 0 1 -3 "
        "3h-3l-3 3l-3 -3z"
    ),
    "car": (
        "M7 17m-2 0a2 2 0 1 0 4 0a2 2 0 1 0 -4 0 M17 17m-2 0a2 2 0 1 0 4 0a2 2 0 1 0 -4 0 M5 17h-2v-6l2 "
        "-5h9l4 5h1a2 2 0 0 1 2 2v4h-2m-4 0h-6m-6 -6h15m-6 0v-5"
    ),
    "map-pin": (
        "M9 11a3 3 0 1 0 6 0a3 3 0 0 0 -6 0 M17.657 16.657l-4.243 4.243a2 2 0 0 1 -2.827 0l-4.244 "
        "-4.243a8 8 0 1 1 11.314 0z"
    ),
    "building-broadcast-tower": (
        "M12 12m-1 0a1 1 0 1 0 2 0a1 1 0 1 0 -2 0 M16.616 13.924a5 5 0 1 0 -9.23 0 M20.307 15.469a9 9 0 "
        "1 0 -16.615 0 M9 21l3 -9l3 9 M10 19h4"
    ),
    "user": "M8 7a4 4 0 1 0 8 0a4 4 0 0 0 -8 0 M6 21v-2a4 4 0 0 1 4 -4h4a4 4 0 0 1 4 4v2",
    "phone": (
        "M5 4h4l2 5l-2.5 1.5a11 11 0 0 0 5 5l1.5 -2.5l5 2v4a2 2 0 0 1 -2 2a16 16 0 0 1 -15 -15a2 2 0 0 1 2 -2"
    ),
    "home": (
        "M5 12l-2 0l9 -9l9 9l-2 0 M5 12v7a2 2 0 0 0 2 2h10a2 2 0 0 0 2 -2v-7 M9 21v-6a2 2 0 0 1 2 -2h2a2 2 "
        "0 0 1 2 2v6"
    ),
    "flag": "M5 5a5 5 0 0 1 7 0a5 5 0 0 0 7 0v9a5 5 0 0 1 -7 0a5 5 0 0 0 -7 0v-9 M5 21v-7",
    "alert-triangle": (
        "M12 9v4 M10.363 3.591l-8.106 13.534a1.914 1.914 0 0 0 1.636 2.871h16.214a1.914 1.914 0 0 0 1.636 "
        "-2.87l-8.106 -13.536a1.914 1.914 0 0 0 -3.274 0 M12 16h.01"
    ),
    "eye": (
        "M10 12a2 2 0 1 0 4 0a2 2 0 0 0 -4 0 M21 12c-2.4 4 -5.4 6 -9 6c-3.6 0 -6.6 -2 -9 -6c2.4 -4 5.4 -6 9 "
        "-6c3.6 0 6.6 2 9 6"
    ),
    "gavel": (
        "M13 10l7.383 7.418c.823 .82 .823 2.148 0 2.967a2.11 2.11 0 0 1 -2.976 0l-7.407 -7.385 M6 9l4 4 M13 "
        "10l-4 -4 M3 21h7 M6.793 15.793l-3.586 -3.586a1 1 0 0 1 0 -1.414l2.293 -2.293l.5 .5l3 -3l-.5 "
        "-.5l2.293 -2.293a1 1 0 0 1 1.414 0l3.586 3.586a1 1 0 0 1 0 1.414l-2.293 2.293l-.5 -.5l-3 3l.5 "
        ".5l-2.293 2.293a1 1 0 0 1 -1.414 0"
    ),
}

_BY_KIND = {
    "phone": "device-mobile", "sim": "device-sim", "device": "device-mobile-cog",
    "account": "wallet", "bank": "credit-card", "card": "credit-card", "case": "folder",
    "company": "building-factory-2", "gang": "topology-star-3", "chain": "route", "seizure": "pills",
    "parcel": "package", "chemical": "flask", "clue": "bulb", "statement": "message-2", "vehicle": "car",
    "place": "map-pin", "cell": "building-broadcast-tower",
}  # fmt: skip

# Brand marks are not used: these two kinds wear a character instead of an outline.
CHARACTERS = {"wechat": "微", "tenpay": "微", "alipay": "支"}


def icon_path(kind: str) -> str:
    """Outline for ``kind``; kinds without one of their own show as a plain square (empty path)."""
    name = _BY_KIND.get(kind)
    return PATHS[name] if name else ""
