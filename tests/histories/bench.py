"""What people try in rounds and with resolutions, and whether the codebook lets them."""

from __future__ import annotations

from typing import Any

from tests.histories.newsroom import Newsroom, nth
from tests.histories.oracles import EDITORS, JUDGES, may_publish
from tracker.actions.duties import assign, grant_override, release, take_seat
from tracker.actions.resolutions import file_dispute, publish, record_reply, resolve, rule_on
from tracker.actions.rounds import abandon, contest, escalate, open_round, submit_verdict
from tracker.models import Round, User, Verdict


class Bench(Newsroom):
    """The newsroom at judging; of each try it is known beforehand whether it may succeed."""

    # --- rounds ---

    def open(self, who: User, pick: int, needed: int) -> None:
        if not self.facts.propositions:
            return
        what = nth(list(self.facts.propositions.values()), pick)
        stands = self.facts.propositions[self.facts.standing(what.pk)]
        idle = stands.frozen_at is not None and self.facts.open_round(stands.pk) is None
        allowed = self.may(who, EDITORS) and idle and 1 <= needed <= 5
        self.expect(
            allowed, lambda: open_round(by=who, now=self.now, proposition=what, needed=needed)
        )

    def judge(self, round: Round, who: User, condition: str, outcome: str, reason: str) -> None:
        """One verdict; where the codebook takes it, it brings the round to the state it says."""
        conditional = self.facts.propositions[round.proposition_id].condition_id is not None
        answered = condition if conditional else "not_applicable"
        stage = self.facts.stage(round, who.pk)
        given = {"condition": answered, "outcome": outcome, "rationale": reason}
        came = self.expect(
            bool(stage and reason),
            lambda: submit_verdict(by=who, now=self.now, round=round, searched="Wires.", **given),
        )
        if not isinstance(came, Verdict):
            return
        assert came.stage == stage
        expected = self.facts.after(round, came)
        assert Round.objects.get(pk=round.pk).state == expected

    def assign(self, round: Round, who: User, judge: User) -> None:
        """A seat for another, by an editor, or for oneself."""
        facts = self.facts
        roles = JUDGES if who == judge else EDITORS
        own = {s.judge_id for s in facts.seats if s.round_id == round.pk}
        own |= {v.judge_id for v in facts.verdicts[round.pk]}
        free = round.state == "open" and judge.pk not in own and facts.has_seat(round, judge.pk)
        fit = self.may(judge, JUDGES) and not facts.barred(round, judge.pk)
        take = {"by": who, "now": self.now, "round": round}
        self.expect(
            self.may(who, roles) and free and fit,
            lambda: take_seat(**take) if who == judge else assign(**take, judge=judge),
        )

    def release(self, who: User, pick: int) -> None:
        if not self.facts.seats:
            return
        one = nth(self.facts.seats, pick)
        answered = one.judge_id in {v.judge_id for v in self.facts.verdicts[one.round_id]}
        own = one.judge_id == who.pk and self.may(who, JUDGES)
        allowed = (own or self.may(who, EDITORS)) and not answered
        self.expect(allowed, lambda: release(by=who, now=self.now, assignment=one))

    def excuse(self, round: Round, who: User, judge: User, reason: str) -> None:
        """An exception for one whom an earlier duty bars."""
        barred = self.facts.barred(round, judge.pk) and round.closed_at is None
        allowed = barred and self.may(who, EDITORS) and who != judge and bool(reason)
        self.expect(
            allowed,
            lambda: grant_override(by=who, now=self.now, round=round, judge=judge, reason=reason),
        )

    def escalate(self, round: Round, who: User) -> None:
        allowed = round.state == "split" and self.may(who, JUDGES)
        self.expect(allowed, lambda: escalate(by=who, now=self.now, round=round))

    def contest(self, round: Round, who: User) -> None:
        before = {v.stage for v in self.facts.verdicts[round.pk]}
        fresh = round.state == "agreed" and "panel" not in before
        allowed = fresh and self.may(who, EDITORS)
        self.expect(allowed, lambda: contest(by=who, now=self.now, round=round))

    def abandon(self, round: Round, who: User, reason: str) -> None:
        at_work = round.state in ("open", "split", "adjudication", "panel")
        allowed = at_work and self.may(who, EDITORS) and bool(reason)
        self.expect(allowed, lambda: abandon(by=who, now=self.now, round=round, reason=reason))

    def resolve(self, round: Round, who: User, reason: str) -> None:
        ready = round.state == "agreed" and self.may(who, EDITORS)
        first = self.facts.current(round.proposition_id) is None
        self.expect(
            ready and (first or bool(reason)),
            lambda: resolve(by=who, now=self.now, round=round, change_reason=reason),
        )

    # --- resolutions ---

    def publish(self, who: User, pick: int, reason: str) -> None:
        if self.facts.resolutions:
            one = nth(list(self.facts.resolutions.values()), pick)
            allowed = self.may(who, EDITORS) and may_publish(one, self.now, reason)
            self.expect(
                allowed,
                lambda: publish(by=who, now=self.now, resolution=one, override_reason=reason),
            )

    def answer_back(self, who: User, pick: int, appeal: bool, text: str) -> None:
        """A reply to a resolution, or an appeal against a published one."""
        if not self.facts.resolutions:
            return
        one = nth(list(self.facts.resolutions.values()), pick)
        said: dict[str, Any] = {"by": who, "now": self.now, "resolution": one, "text": text}
        allowed = self.may(who, EDITORS) and bool(text)
        if appeal:
            allowed = allowed and one.published_at is not None
            self.expect(allowed, lambda: file_dispute(ground="Fact", filed_by="Ada", **said))
        else:
            self.expect(allowed, lambda: record_reply(author="Ada", **said))

    def rule(self, who: User, pick: int, ruling: str, reason: str) -> None:
        if not self.facts.disputes:
            return
        one = nth(list(self.facts.disputes.values()), pick)
        about = self.facts.standing(self.facts.resolutions[one.resolution_id].proposition_id)
        idle = ruling == "rejected" or self.facts.open_round(about) is None
        pending = one.ruling == "pending" and idle
        allowed = self.may(who, EDITORS) and pending and bool(reason)
        self.expect(
            allowed,
            lambda: rule_on(by=who, now=self.now, dispute=one, ruling=ruling, reason=reason),
        )
