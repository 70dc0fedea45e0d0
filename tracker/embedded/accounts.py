"""Who runs the server: PostgreSQL refuses to be root, so root has to lend it another name."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker.embedded.binaries import ClusterError

ROOT = 0
UNPRIVILEGED = ("postgres", "nobody")
# Inherited settings of another server or language must not reach ours.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}


@dataclass(frozen=True)
class Account:
    """Runs programs as ourselves, in a user namespace (`prefix`) or as another user (`uid`)."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run the command to its end and return it with its output, whatever its exit code."""
        return subprocess.run(
            [*self.prefix, *map(str, command)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd="/",
            env=ENVIRONMENT,
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
        )

    def take(self, folder: Path) -> None:
        """Hand the folder and all that it holds to this account."""
        if self.uid is None or self.gid is None:
            return
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def account_for(folder: Path, programs: Sequence[Path]) -> Account:
    """Choose who runs `programs` on `folder`, or raise ClusterError with what to do."""
    if os.geteuid() != ROOT:
        return Account()
    owner = folder.stat()
    if owner.st_uid != ROOT:
        return Account(uid=owner.st_uid, gid=owner.st_gid)
    if _namespaces_work():
        return Account(prefix=("unshare", "--user"))
    for account in _unprivileged_accounts():
        account.take(folder)
        if _can_reach(account, folder, programs):
            return account
        os.chown(folder, ROOT, ROOT)
    raise ClusterError(
        "PostgreSQL refuses to run as root, this machine allows no user namespaces, and no "
        f"unprivileged account ({', '.join(UNPRIVILEGED)}) can reach {folder}: run as an ordinary "
        "user, or set TRACKER_VAR to a folder that such an account can reach, or set DATABASE_URL."
    )


def _namespaces_work() -> bool:
    if shutil.which("unshare", path=os.defpath) is None:
        return False
    return Account(prefix=("unshare", "--user")).run("true").returncode == 0


def _unprivileged_accounts() -> list[Account]:
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entries = [known[name] for name in UNPRIVILEGED if name in known]
    return [Account(uid=entry.pw_uid, gid=entry.pw_gid) for entry in entries]


def _can_reach(account: Account, folder: Path, programs: Sequence[Path]) -> bool:
    if account.run("sh", "-c", 'cd "$0" && test -w .', folder).returncode != 0:
        return False
    return all(account.run("test", "-x", program).returncode == 0 for program in programs)
