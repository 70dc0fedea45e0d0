"""The example users of the demo, one for each thing that people do here."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from tracker.actions.users import admit, is_known, issue_token
from tracker.domain.judging import Role
from tracker.management.processes import write_private

CAST = (
    ("coder", "Cora Coder", Role.CODER),
    ("judge_one", "Jonas Judge", Role.JUDGE),
    ("judge_two", "Juno Judge", Role.JUDGE),
    ("editor", "Edda Editor", Role.EDITOR),
    ("admin", "Adam Admin", Role.ADMIN),
)
PASSWORD_BYTES = 12


@dataclass(frozen=True)
class ExampleUser:
    """A user of the demo with what a person and a script need to come in."""

    name: str
    username: str
    role: str
    password: str
    token: str


def admit_cast(file: Path) -> list[ExampleUser]:
    """Return the example users of `file`, made or mended where they cannot come in any more."""
    known = {user.username: user for user in read_cast(file)}
    return [_admit(known.get(username), username, name, role) for username, name, role in CAST]


def write_cast(file: Path, addresses: dict[str, str], users: list[ExampleUser]) -> None:
    """Write the addresses and the users for scripts; only the file's owner may read it."""
    text = json.dumps({**addresses, "users": [asdict(user) for user in users]}, indent=2)
    if not file.exists() or file.read_text() != text:
        write_private(file, text)


def read_cast(file: Path) -> list[ExampleUser]:
    """Return the users on file; none when there is no such file or it makes no sense."""
    try:
        return [ExampleUser(**user) for user in json.loads(file.read_text())["users"]]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return []


def _admit(known: ExampleUser | None, username: str, name: str, role: Role) -> ExampleUser:
    if known and is_known(username=username, password=known.password, token=known.token):
        return known
    password = known.password if known else secrets.token_urlsafe(PASSWORD_BYTES)
    user = admit(username=username, name=name, role=role, password=password)
    return ExampleUser(name, username, role, password, issue_token(user=user))
