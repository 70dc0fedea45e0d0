"""The house rules that a machine can hold."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TRACKER, TESTS = ROOT / "tracker", ROOT / "tests"
CODE = sorted(
    path
    for folder in (TRACKER, TESTS)
    for path in folder.rglob("*.py")
    if "migrations" not in path.parts
)
README = (ROOT / "README.md").read_text() if (ROOT / "README.md").exists() else ""
LONGEST_FILE, LONGEST_FUNCTION = 320, 40


def where(path: Path) -> str:
    return str(path.relative_to(ROOT))


def broken(found: Iterator[str]) -> None:
    """Fail with every place at which the rule is broken."""
    places = sorted(found)
    assert not places, "\n" + "\n".join(places)


# --- layers --------------------------------------------------------------------------


def test_imports_go_down_only() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)

    assert run.returncode == 0, run.stdout


WRITES = {
    "save",
    "create",
    "delete",
    "update",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "add",
    "set",
    "remove",
    "clear",
}
QUERIES = {"objects", "filter", "exclude", "all", "_default_manager"}


def chain(node: ast.expr) -> list[str]:
    """The names of `a.b(...).c`, last first."""
    names = []
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        else:
            node = node.func
    return names


def writes(call: ast.Call) -> bool:
    """Whether a call writes rows: `.save(`, `.delete(` and bulk writes of anything but `super()`,
    the rest where it ends a query.
    """
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in WRITES:
        return False
    owner = call.func.value
    if isinstance(owner, ast.Call) and isinstance(owner.func, ast.Name):
        return owner.func.id != "super"
    if call.func.attr in {"save", "delete"} or "_" in call.func.attr:
        return True
    return bool(QUERIES & set(chain(owner)))


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text())))


def parsed(*paths: Path) -> Iterator[tuple[Path, ast.AST]]:
    return ((path, node) for path in paths for node in nodes(path))


def test_the_detector_of_writes_knows_a_write() -> None:
    def verdict(code: str) -> bool:
        (statement,) = ast.parse(code).body
        assert isinstance(statement, ast.Expr)
        assert isinstance(statement.value, ast.Call)
        return writes(statement.value)

    refused = ["claim.save()", "Claim.objects.create(x=1)", "Claim.objects.filter(x=1).update(x=2)"]
    assert all(verdict(code) for code in refused)
    assert not any(verdict(code) for code in ["seen.add(1)", "facts.update(x=1)", "super().save()"])


@pytest.mark.parametrize("door", ["api", "admin"])
def test_doors_write_nothing_themselves(door: str) -> None:
    broken(
        f"{where(path)}:{node.lineno}: .{node.func.attr}("
        for path, node in parsed(*(TRACKER / door).rglob("*.py"))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and writes(node)
    )


# --- tests mirror the code -----------------------------------------------------------

# What has no test file of its own, and why.
UNMIRRORED = {
    "tracker/api/urls.py": "a list of addresses; every API test asks them",
    "tracker/management/inventions.py": "what `generate` does; tests/management/test_generate.py",
    "tracker/management/invented_drafts.py": "the same",
    "tracker/management/invented_rows.py": "the same",
    "tracker/management/import_benchmarks.py": "what `bench_import` does; test_bench_import.py",
    "tracker/management/admin_benchmarks.py": "what `bench_admin` does; test_bench_admin.py",
    "tracker/management/apart.py": "where benchmarks run; test_bench_admin.py",
    "tracker/management/score_benchmarks.py": "what `bench_scores` does; test_bench_scores.py",
}


def mirrored() -> dict[str, Path]:
    """Each module in a room, and where its tests belong; a command's are its room's."""
    rooms = (p for p in TRACKER.rglob("*/*.py") if "migrations" not in p.parts)
    return {
        where(path): TESTS / path.relative_to(TRACKER).parts[0] / f"test_{path.stem}.py"
        for path in rooms
        if path.name != "__init__.py"
    }


def test_every_module_has_its_test_file() -> None:
    broken(
        f"{module}: no {where(test)}"
        for module, test in mirrored().items()
        if module not in UNMIRRORED and not test.exists()
    )


def test_every_exception_from_the_mirror_is_still_needed() -> None:
    modules = mirrored()

    broken(name for name in UNMIRRORED if name not in modules or modules[name].exists())


# --- one page ------------------------------------------------------------------------


def test_no_file_is_longer_than_a_page() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in CODE}

    broken(f"{where(p)}: {lines} lines" for p, lines in lengths.items() if lines > LONGEST_FILE)


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines that do something: signature and docstring are not counted."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_no_function_is_longer_than_a_screen() -> None:
    broken(
        f"{where(path)}:{node.lineno}: {node.name} has {length} lines"
        for path, node in parsed(*CODE)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := body_lines(node)) > LONGEST_FUNCTION
    )


# --- what a line may not say ---------------------------------------------------------

SPARED = Path(__file__)  # the patterns below would find themselves
EXCUSE = re.compile(r"#\s*(type:\s*ignore|noqa)\b(\[[\w, -]+\]|:\s*[A-Z0-9, ]+)?(?P<rest>.*)")
REASON = re.compile(r"\w+(\W+\w+)+")


def lines() -> Iterator[tuple[str, str]]:
    for path in CODE:
        if path == SPARED:
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            yield f"{where(path)}:{number}", line


def excused(line: str) -> bool:
    """Whether a line switches a check off without saying which, or why."""
    found = EXCUSE.search(line)
    return bool(found) and not (found[2] and REASON.search(found["rest"]))


def test_the_detector_of_excuses_wants_a_code_and_a_reason() -> None:
    mark = "x = f()  # type: ignore"

    assert all(excused(line) for line in [mark, f"{mark}[misc]", f"{mark}  # the stubs are wrong"])
    assert not any(excused(line) for line in [f"{mark}[misc]  # the stubs are wrong", "x = 1"])


def test_no_check_is_switched_off_without_a_reason() -> None:
    broken(f"{place}: {line.strip()}" for place, line in lines() if excused(line))


def test_nothing_is_put_off() -> None:
    put_off = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")

    broken(f"{place}: {line.strip()}" for place, line in lines() if put_off.search(line))


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    marks = {"skip", "xfail", "importorskip"}

    broken(
        f"{where(path)}:{node.lineno}: {node.attr}"
        for path, node in parsed(*TESTS.rglob("*.py"))
        if isinstance(node, ast.Attribute) and node.attr in marks and "pytest" in ast.unparse(node)
    )


def test_every_test_is_named_by_a_sentence() -> None:
    broken(
        f"{where(path)}:{node.lineno}: {node.name}"
        for path, node in parsed(*TESTS.rglob("test_*.py"))
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and len(node.name.split("_")) < 4
    )


# --- what the README must say --------------------------------------------------------

READS: dict[str, Callable[[ast.Call], bool]] = {
    "settings.py": lambda call: ast.unparse(call.func).startswith(("env.", "flag", "number")),
    "binaries.py": lambda call: ast.unparse(call.func) == "os.environ.get",
}


def test_every_setting_is_in_the_readme() -> None:
    names = {
        node.args[0].value
        for path, node in parsed(TRACKER / "settings.py", TRACKER / "embedded" / "binaries.py")
        if isinstance(node, ast.Call)
        and READS[path.name](node)
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }

    assert {"DATABASE_URL", "TRACKER_JUDGES", "TRACKER_PG_BIN"} <= names
    broken(name for name in names if f"`{name}`" not in README)


def test_every_command_is_in_the_readme() -> None:
    commands = {p.stem for p in (TRACKER / "management" / "commands").glob("[a-z]*.py")}

    assert commands
    broken(name for name in commands if f"manage.py {name}" not in README)


def test_every_make_target_is_in_the_readme_and_the_other_way_round() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)", README))

    assert targets == named


# --- what belongs to others ----------------------------------------------------------


def records() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every record of every fixture that Django loads, with its file and model."""
    for path in sorted((ROOT / "fixtures").glob("*.json")):
        for record in json.loads(path.read_text()):
            yield where(path), record["model"], record["fields"]


def test_fixtures_hold_excerpts_and_never_a_whole_text() -> None:
    snapshots = [(file, f) for file, model, f in records() if model == "tracker.snapshot"]

    assert snapshots
    broken(
        f"{file}: {fields['text'][:60]!r}"
        for file, fields in snapshots
        if fields["completeness"] != "excerpt"
    )


def test_an_excerpt_is_little_more_than_what_is_quoted_from_it() -> None:
    quoted = sum(len(f["exact"]) for _, model, f in records() if model == "tracker.quotation")
    kept = sum(len(f["text"]) for _, model, f in records() if model == "tracker.snapshot")

    assert 0 < kept < 2 * quoted
