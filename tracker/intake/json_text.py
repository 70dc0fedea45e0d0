"""What strict JSON does not have: constants that are no numbers, and a name twice in one object."""

from __future__ import annotations

from typing import Any


def no_constant(constant: str) -> None:
    """Raises ValueError: NaN and Infinity are no JSON."""
    raise ValueError(f"{constant} is no JSON number")


def distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Returns the object; raises ValueError where a name stands twice in it."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {twice!r} stands twice in one object")
    return found
