import io
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[2]
TABLE = b"""\
speaker,event,p,y,phrase
Ada,e1,0.7,1,likely
Ada,e2,0.3,0,
Ada,e3,0.95,0,will
Bo,e1,0.4,1,might yet
Bo,e3,0.9,,
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "forecasts.csv"
    path.write_bytes(TABLE)
    return path


def printed(*arguments):
    out = io.StringIO()
    call_command("score", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"speaker,event,p,y\nAda,e1,x,1\nAda,e1,.5,7\n", "line 2: p is not a number: 'x'\nline 3"),
        (b"speaker,p\n", "line 1: the header lacks"),
        (b"", "line 1: the table is empty"),
    ],
    ids=["rows", "header", "nothing"],
)
def test_a_table_that_does_not_parse_is_refused_and_nothing_printed(tmp_path, data, said):
    path, out = tmp_path / "bad.csv", io.StringIO()
    path.write_bytes(data)

    with pytest.raises(CommandError) as refused:
        call_command("score", str(path), "--json", stdout=out)

    assert said in str(refused.value)
    assert refused.value.returncode == 2
    assert out.getvalue() == ""


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="cannot read") as refused:
        call_command("score", str(tmp_path / "none.csv"))

    assert refused.value.returncode == 2


def test_the_shell_sees_status_two_and_the_lines_and_no_database_is_needed(tmp_path):
    path = tmp_path / "bad.csv"
    path.write_bytes(b"speaker,event,p,y\nAda,e1,0.5,1\nAda,e1,,1\n")
    environment = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing", "PATH": "/usr/bin"}

    run = subprocess.run(
        [sys.executable, "manage.py", "score", str(path), "--json"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert run.returncode == 2
    assert run.stdout == ""
    assert "line 3: p is empty" in run.stderr


def test_json_holds_every_figure(table):
    report = json.loads(printed(table, "--json"))

    assert (report["n"], report["events"], report["void"]) == (4, 3, 1)
    assert report["brier"] == 0.360625
    assert report["murphy"] == {"rel": 0.360625, "res": 0.25, "unc": 0.25}
    assert [own["speaker"] for own in report["speakers"]] == ["Ada", "Bo"]
    assert report["reader_band"]["low"] < report["reader_band"]["high"]
    assert report["seed"] == 20160411


def test_the_same_seed_prints_the_same_bytes_whatever_the_order_of_rows(table, tmp_path):
    header, *rows = TABLE.splitlines(keepends=True)
    mixed = tmp_path / "mixed.csv"
    mixed.write_bytes(header + b"".join(reversed(rows)))

    assert printed(table, "--json", "--seed", 5) == printed(mixed, "--json", "--seed", 5)
    assert printed(table, "--json", "--seed", 6) != printed(table, "--json", "--seed", 5)


def test_without_phrases_there_is_no_reader_band(tmp_path):
    path = tmp_path / "numbers.csv"
    path.write_bytes(b"speaker,event,p,y\nAda,e1,0.7,1\n")

    assert json.loads(printed(path, "--json"))["reader_band"] is None


def test_a_table_may_come_by_pipe(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(TABLE)))

    assert json.loads(printed("-", "--json"))["n"] == 4


def test_an_event_with_both_outcomes_is_noted(tmp_path):
    path, err = tmp_path / "split.csv", io.StringIO()
    path.write_bytes(b"speaker,event,p,y\nAda,e1,0.7,1\nBo,e1,0.7,0\n")

    call_command("score", str(path), stdout=io.StringIO(), stderr=err)

    assert "1 events have both outcomes" in err.getvalue()


def test_people_read_a_table_in_which_few_events_get_no_number(table):
    text = printed(table)

    assert text.startswith("4 claims on 3 events, 1 void")
    [ada] = [line for line in text.splitlines() if line.startswith("Ada")]
    [bo] = [line for line in text.splitlines() if line.startswith("Bo")]
    assert "0.361" in ada
    assert "not enough evidence to rank" in ada
    assert "read the claims" in bo
    assert "." not in bo
    assert "seed 20160411" in text


def test_a_ranked_speaker_shows_a_range_of_ranks(tmp_path):
    rows = [
        f"{name},e{event},{p if event % 2 else round(1 - p, 1)},{event % 2}"
        for event in range(30)
        for name, p in (("Ada", 0.9), ("Bo", 0.5), ("Cy", 0.2))
    ]
    path = tmp_path / "ranked.csv"
    path.write_text("speaker,event,p,y\n" + "\n".join(rows))

    assert "better than the base rate, rank 1 to 1" in printed(path)


def test_an_empty_table_is_said_to_be_empty(tmp_path):
    path = tmp_path / "empty.csv"
    path.write_bytes(b"speaker,event,p,y\n")

    assert "0 claims on 0 events, 0 void\nBrier -" in printed(path)
