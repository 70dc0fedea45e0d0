"""Clusters that were migrated once and are copied ever after: a run starts in a second."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings

from tracker.embedded.binaries import find_binaries, major_version
from tracker.embedded.cluster import Cluster

WHAT_MIGRATIONS_READ = ("tracker/migrations/*.py", "tracker/data/*", "requirements.txt")
FORGOTTEN_AFTER = 24 * 3600.0  # seconds


def start_with_migrations(cluster: Cluster, *, cache: Path) -> None:
    """Start the cluster with every migration applied to its first database."""
    cluster.folder.parent.mkdir(exist_ok=True)
    with (cluster.folder.parent / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if cluster.data.exists():
            return
        template = cache / _name()
        if not template.exists():
            _make(cluster, template)
        shutil.copytree(template, cluster.data, dirs_exist_ok=True)
        cluster.ensure()


def refill() -> None:
    """Puts back what migrations filed where a committed test has emptied every table."""
    if apps.get_model("tracker", "Lexicon").objects.exists():
        return
    migration = import_module("tracker.migrations.0002_roles_and_lexicon")
    migration.make_roles(apps, None)
    migration.load_lexicon(apps, None)


def environment_of(var: Path, **more: str) -> dict[str, str]:
    """Return the environment in which a command uses the private cluster under `var`."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**inherited, "TRACKER_VAR": str(var), **more}


def _name() -> str:
    digest = hashlib.sha256()
    for pattern in WHAT_MIGRATIONS_READ:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(path.read_bytes())
    return f"{major_version(find_binaries())}-{digest.hexdigest()[:20]}"


def _make(cluster: Cluster, template: Path) -> None:
    _forget_old(template.parent)
    cluster.ensure()
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    environment = environment_of(cluster.folder.parent)
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)
    cluster.stop()
    draft = template.with_name(f"{template.name}.{os.getpid()}")
    shutil.copytree(cluster.data, draft)
    try:
        draft.rename(template)
    except OSError:  # another run was faster: its template is as good
        shutil.rmtree(draft)


def _forget_old(cache: Path) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    for template in cache.iterdir():
        if time.time() - template.stat().st_mtime > FORGOTTEN_AFTER:
            shutil.rmtree(template)
