"""Numbers that look random, drawn by the server: each a hash, whatever the order of work."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Dice:
    """SQL of numbers that depend on the seed, on `what` is asked and on `by`, a row's number."""

    seed: int

    def chance(self, what: str, by: str) -> str:
        """From 0 up to 1, but less."""
        digest = hashlib.sha256(f"{self.seed} {what}".encode()).digest()
        salt = int.from_bytes(digest[:8], "big", signed=True)
        hashed = f"hashint8extended(({by})::bigint, {salt})"
        return f"(({hashed} & {2**53 - 1})::float8 / {2**53})"

    def whole(self, what: str, by: str, most: int) -> str:
        """From 1 to `most`, each as likely."""
        return f"(1 + floor({most} * {self.chance(what, by)}))::int"

    def zipf(self, what: str, by: str, most: int) -> str:
        """From 1 to `most`, each about as likely as one over itself (Zipf 1949)."""
        return f"least({most}, floor(power({most + 1}, {self.chance(what, by)})))::int"

    def normal(self, what: str, by: str) -> str:
        """With mean 0 and deviation 1 (Box & Muller 1958)."""
        radius, angle = self.chance(f"{what}, how far", by), self.chance(f"{what}, whither", by)
        return f"(sqrt(-2 * ln(1 - {radius})) * cos(2 * pi() * {angle}))"

    def uuid(self, table: str, by: str) -> str:
        """An identity of version 4."""
        digest = f"md5('{self.seed} {table} ' || {by})"
        return f"overlay(overlay({digest} placing '4' from 13) placing '8' from 17)::uuid"
