"""Records that say the same, and proposals to make one of two."""

from __future__ import annotations

from typing import Any

from tests.builders import (
    CODED,
    JUDGED,
    make_claim,
    make_organisation,
    make_person,
    make_proposition,
    make_user,
)
from tracker.actions.duplicates import confirm, propose
from tracker.models import Claim, Duplicate, Proposition

WHY = "The same in other words."


def twins(**fields: Any) -> tuple[Claim, Claim]:
    """Two claims of one person, who changed employers between them, on one proposition."""
    shared = {"person": make_person(), "proposition": make_proposition(), **fields}
    first = make_claim(organisation=make_organisation(), **shared)
    return first, make_claim(organisation=make_organisation(), **shared)


def reworded(**fields: Any) -> tuple[Proposition, Proposition]:
    """Two propositions that say the same in other words."""
    first = make_proposition(statement="Aleppo is besieged by summer.", **fields)
    return first, make_proposition(statement="By summer Aleppo is besieged.", **fields)


def make_duplicate(**fields: Any) -> Duplicate:
    """A proposed merge; of two new propositions unless the pair is given."""
    named = {"kept_proposition", "dropped_proposition", "kept_claim", "dropped_claim"}
    if not named & set(fields):
        fields["kept_proposition"], fields["dropped_proposition"] = reworded()
    if "proposed_by" not in fields:
        fields["proposed_by"] = make_user()
    fields = {"reason": WHY, "proposed_at": CODED, **fields}
    return Duplicate.objects.create(**fields)


def proposed(kept: Any, dropped: Any, **fields: Any) -> Duplicate:
    """A proposal by somebody, made as people make it."""
    by = fields.pop("by", None) or make_user()
    return propose(by=by, now=JUDGED, kept=kept, dropped=dropped, **{"reason": WHY, **fields})


def merged(kept: Any, dropped: Any) -> Duplicate:
    """A merge that somebody else has confirmed."""
    return confirm(by=make_user(), now=JUDGED, duplicate=proposed(kept, dropped))
