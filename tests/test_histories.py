"""Random histories through the actions: after every step the record is what the codebook says.

Hypothesis drives a newsroom of nine through everything that they may do and much that they may
not; whatever came of it is compared with brute force over all rows.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.histories.bench import Bench
from tests.histories.newsroom import nth
from tests.histories.oracles import EDITORS
from tests.histories.rows import changed, lost, rows
from tracker.actions.rounds import hidden_from, open_due_rounds, visible_verdicts
from tracker.actions.scores import differences
from tracker.api.sight import Sight
from tracker.domain.judging import MOVES
from tracker.models import Claim, Proposition, Quotation, Resolution, Round, Source, User, Verdict

EXAMPLES, STEPS = 12, 30
PICKS = st.integers(0, 11)
PEOPLE = st.integers(0, 8)
REASONS = st.sampled_from(["A source was missed.", "A source was missed.", ""])
CONDITIONS = st.sampled_from(["met", "met", "not_met", "undeterminable"])
OUTCOMES = st.sampled_from(["came_true", "came_true", "mostly", "partly", "did_not", "ambiguous"])
EVIDENCE = st.sampled_from(
    ["tracker_snapshot", "tracker_quotation", "tracker_verdict", "tracker_resolution"]
)
NEXT = {(before.value, step.to.value) for (before, _), step in MOVES.items()}


class Histories(RuleBasedStateMachine):
    """One history in a transaction of its own, which is taken back at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.room = Bench()
        self.steps = 0
        self.first_claims()

    def first_claims(self) -> None:
        """Two claims of which one is the other's condition: histories begin with work to do."""
        coder = self.room.of({"coder"}, 0)
        self.room.log(coder, 1, -20, False, True)
        self.look()
        self.room.log(coder, 2, -10, True, True)
        self.look()

    def look(self) -> None:
        self.room.facts, self.room.rows = self.room.read(), rows()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def who(self, n: int) -> User:
        return nth(self.room.staff, n)[0]

    def under_way(self, n: int) -> Round:
        """A round, of those under way if there are any."""
        rounds = list(self.room.facts.rounds.values())
        return nth([r for r in rounds if r.closed_at is None] or rounds, n)

    def rounds(self) -> bool:
        return bool(self.room.facts.rounds)

    # --- logging -------------------------------------------------------------------------

    @rule(n=PICKS, who=PEOPLE, days=st.integers(-30, 30), tied=st.booleans(), frozen=st.booleans())
    def log(self, n: int, who: int, days: int, tied: bool, frozen: bool) -> None:
        self.room.log(self.who(who), n, days, tied, frozen)

    @rule(n=PICKS, onto=PICKS, who=PEOPLE, polarity=st.sampled_from(["affirms", "denies"]))
    def recode(self, n: int, onto: int, who: int, polarity: str) -> None:
        self.room.recode(self.who(who), n, onto, polarity=polarity)

    @rule(n=PICKS, who=PEOPLE)
    def freeze(self, n: int, who: int) -> None:
        self.room.freeze(self.who(who), n)

    @rule(n=PICKS, who=PEOPLE, state=st.sampled_from(["retracted", "misquote"]), reason=REASONS)
    def withdraw(self, n: int, who: int, state: str, reason: str) -> None:
        self.room.withdraw(self.who(who), n, state, reason)

    @rule(n=PICKS, who=PEOPLE)
    def read_words(self, n: int, who: int) -> None:
        self.room.read_words(self.who(who), n)

    @rule(n=PICKS, who=PEOPLE, people=st.booleans(), reason=REASONS)
    def merge(self, n: int, who: int, people: bool, reason: str) -> None:
        self.room.merge(self.who(who), n, people, reason)

    @rule(n=PICKS, m=PICKS, who=PEOPLE, claims=st.booleans())
    def propose(self, n: int, m: int, who: int, claims: bool) -> None:
        self.room.propose(self.who(who), n, m, claims)

    @rule(n=PICKS, who=PEOPLE, same=st.sampled_from([True, True, False]))
    def decide(self, n: int, who: int, same: bool) -> None:
        self.room.decide(self.who(who), n, same)

    # --- judging -------------------------------------------------------------------------

    @rule(days=st.integers(1, 20))
    def wait(self, days: int) -> None:
        self.room.now += timedelta(days=days)

    @rule(n=PICKS, who=PEOPLE)
    def see(self, n: int, who: int) -> None:
        self.room.see(self.who(who), n)

    @rule(n=PICKS, who=PEOPLE)
    def record(self, n: int, who: int) -> None:
        self.room.record(self.who(who), n)

    @rule(n=PICKS, who=PEOPLE, needed=st.sampled_from([2, 2, 2, 1, 3, 0]))
    def open(self, n: int, who: int, needed: int) -> None:
        self.room.open(self.who(who), n, needed)

    @rule()
    def open_due(self) -> None:
        due = self.room.facts.due(self.room.today)

        opened = open_due_rounds(now=self.room.now)

        assert {round.proposition_id for round in opened} == due

    @precondition(rounds)
    @rule(n=PICKS, who=PEOPLE, condition=CONDITIONS, outcome=OUTCOMES, reason=REASONS)
    def judge(self, n: int, who: int, condition: str, outcome: str, reason: str) -> None:
        self.room.judge(self.under_way(n), self.who(who), condition, outcome, reason)

    @precondition(rounds)
    @rule(n=PICKS, first=PEOPLE, condition=CONDITIONS, outcome=OUTCOMES, other=OUTCOMES)
    def judge_on(self, n: int, first: int, condition: str, outcome: str, other: str) -> None:
        """Whoever may answer in a round does, one after the other, until it moves."""
        round = self.under_way(n)
        state = round.state
        for turn in range(len(self.room.staff)):
            judge = self.who(first + turn)
            if round.state == state and self.room.facts.stage(round, judge.pk):
                answer = other if turn % 2 else outcome
                self.room.judge(round, judge, condition, answer, "Two papers report it.")
                self.look()
                round = self.room.facts.rounds[round.pk]
                self.everyone_looks_at(round)

    @precondition(rounds)
    @rule(n=PICKS, who=PEOPLE, judge=PEOPLE)
    def seat(self, n: int, who: int, judge: int) -> None:
        self.room.assign(self.under_way(n), self.who(who), self.who(judge))

    @rule(n=PICKS, who=PEOPLE)
    def release(self, n: int, who: int) -> None:
        self.room.release(self.who(who), n)

    @precondition(rounds)
    @rule(n=PICKS, who=PEOPLE, judge=PEOPLE, reason=REASONS)
    def excuse(self, n: int, who: int, judge: int, reason: str) -> None:
        self.room.excuse(self.under_way(n), self.who(who), self.who(judge), reason)

    @precondition(rounds)
    @rule(n=PICKS, who=PEOPLE)
    def escalate(self, n: int, who: int) -> None:
        self.room.escalate(self.under_way(n), self.who(who))

    @precondition(rounds)
    @rule(n=PICKS, who=PEOPLE)
    def contest(self, n: int, who: int) -> None:
        self.room.contest(self.under_way(n), self.who(who))

    @precondition(rounds)
    @rule(n=PICKS, who=PEOPLE, reason=REASONS)
    def abandon(self, n: int, who: int, reason: str) -> None:
        self.room.abandon(self.under_way(n), self.who(who), reason)

    @precondition(rounds)
    @rule(n=PICKS, who=PEOPLE, reason=REASONS)
    def resolve(self, n: int, who: int, reason: str) -> None:
        self.room.resolve(self.under_way(n), self.who(who), reason)

    # --- publishing ----------------------------------------------------------------------

    @precondition(rounds)
    @rule(n=PICKS, editor=PEOPLE, outcome=OUTCOMES)
    def settle(self, n: int, editor: int, outcome: str) -> None:
        """A round goes as far as it may: judged alike, resolved, published before its time."""
        boss = self.room.of(EDITORS, editor)
        self.judge_on(n, 0, "met", outcome, outcome)
        self.room.resolve(self.under_way(n), boss, "New evidence.")
        self.look()
        self.room.publish(boss, -1, "Nobody to ask.")

    @rule(n=PICKS, who=PEOPLE, reason=REASONS)
    def publish(self, n: int, who: int, reason: str) -> None:
        self.room.publish(self.who(who), n, reason)

    @rule(n=PICKS, who=PEOPLE, appeal=st.booleans(), text=REASONS)
    def answer_back(self, n: int, who: int, appeal: bool, text: str) -> None:
        self.room.answer_back(self.who(who), n, appeal, text)

    @rule(n=PICKS, who=PEOPLE, ruling=st.sampled_from(["upheld", "rejected"]), reason=REASONS)
    def rule_on(self, n: int, who: int, ruling: str, reason: str) -> None:
        self.room.rule(self.who(who), n, ruling, reason)

    @rule(table=EVIDENCE, deletes=st.booleans())
    def tamper(self, table: str, deletes: bool) -> None:
        self.room.tamper(table, deletes)

    # --- what must be true after each step -----------------------------------------------

    @invariant()
    def all_holds(self) -> None:
        """In this order: each question below looks at the facts that the first one reads."""
        self.nothing_is_lost_and_duties_are_apart()
        self.what_is_due_is_what_brute_force_finds()
        self.scores_are_what_a_rebuild_would_make_them()
        self.nobody_sees_what_would_sway_them()

    def nothing_is_lost_and_duties_are_apart(self) -> None:
        before, states, given = self.room.rows, self.room.facts.rounds, self.room.facts.verdicts
        self.look()
        facts, self.steps = self.room.facts, self.steps + 1
        assert lost(before, self.room.rows) == set()
        assert changed(before, self.room.rows) == set()
        assert (facts.most_under_way() <= 1, facts.most_current() <= 1) == (True, True)
        assert facts.mixed_duties() == []
        assert facts.lost_words() == []
        for pk, round in states.items():
            move = (round.state, facts.rounds[pk].state)
            assert move[0] == move[1] or move in NEXT, move
            if len(given[pk]) < len(facts.verdicts[pk]) or move[0] != move[1]:
                self.everyone_looks_at(facts.rounds[pk])

    def what_is_due_is_what_brute_force_finds(self) -> None:
        today = self.room.today + timedelta(nth((0, 15, 40), self.steps))
        assert keys(Proposition.objects.due(today)) == self.room.facts.due(today)

    def scores_are_what_a_rebuild_would_make_them(self) -> None:
        assert differences() == 0

    def nobody_sees_what_would_sway_them(self) -> None:
        """One person looks after each step, at one noun; over a history all see everything."""
        user, roles = nth(self.room.staff, self.steps)
        facts, sight = self.room.facts, Sight(user, user.roles())
        assert keys(sight.see(Verdict.objects)) == facts.listed(user.pk)
        hidden = facts.hidden(user.pk)
        if "judge" in roles:
            assert keys(hidden_from(user)) == hidden
        noun, kept_back = nth(self.behind(hidden), self.steps // len(self.room.staff))
        everything = noun._default_manager.order_by()
        assert keys(sight.see(everything)) == keys(everything) - kept_back

    def everyone_looks_at(self, round: Round) -> None:
        """Each sees of a round's verdicts what the codebook lets them see by now."""
        for user, _ in self.room.staff:
            seen = {verdict.pk for verdict in visible_verdicts(round, user)}
            assert seen == self.room.facts.seen(round, user.pk), (round.state, user.username)

    def behind(self, hidden: set[int]) -> list[tuple[Any, set[int]]]:
        """What stands behind these propositions, by noun."""
        claims = {c.pk: c for c in self.room.facts.claims.values() if c.proposition_id in hidden}
        quotations = {claim.quotation_id for claim in claims.values()}
        return [
            (Claim, set(claims)),
            (Quotation, quotations),
            (Source, keys(Source.objects.filter(snapshots__quotations__in=quotations))),
            (Resolution, keys(Resolution.objects.filter(proposition__in=hidden))),
        ]


def keys(records: Any) -> set[int]:
    return set(records.values_list("pk", flat=True))


@pytest.mark.long
@pytest.mark.django_db
def test_after_every_step_of_any_history_the_record_is_what_the_codebook_says() -> None:
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
