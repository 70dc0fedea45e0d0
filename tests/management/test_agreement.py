import io
import json
import sys
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

# Krippendorff 2011, section C, one row per unit.
TABLE = b"""\
unit,A,B,C,D
1,1,1,,1
2,2,2,3,2
3,3,3,3,3
4,3,3,3,3
5,2,2,2,2
6,1,2,3,4
7,4,4,4,4
8,1,1,2,1
9,2,2,2,2
10,,5,5,5
11,,,1,1
12,,3,,
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "ratings.csv"
    path.write_bytes(TABLE)
    return path


def printed(*arguments):
    out = io.StringIO()
    call_command("agreement", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"unit,a,b\n1,high,low\n", "line 2: interval ratings must be numbers"),
        (b"unit,a,a\n1,1,1\n", "line 1: the header names 'a' more than once"),
    ],
    ids=["words", "repeated-header"],
)
def test_ratings_that_do_not_parse_are_refused_and_nothing_printed(tmp_path, data, said):
    path, out = tmp_path / "bad.csv", io.StringIO()
    path.write_bytes(data)

    with pytest.raises(CommandError, match=said) as refused:
        call_command("agreement", str(path), "--level", "interval", "--json", stdout=out)

    assert refused.value.returncode == 2
    assert out.getvalue() == ""


@pytest.mark.parametrize(
    ("level", "published"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_the_published_example_in_json(table, level, published):
    found = json.loads(printed(table, "--level", level, "--json"))

    assert found["alpha"] == pytest.approx(published, abs=0.0005)
    assert (found["level"], found["units"], found["ratings"]) == (level, 11, 40)
    assert found["interval"][0] < found["alpha"] < found["interval"][1]


def test_an_undefined_alpha_is_null(tmp_path):
    path = tmp_path / "equal.csv"
    path.write_bytes(b"unit,a,b\n1,yes,yes\n2,yes,\n")

    found = json.loads(printed(path, "--level", "nominal", "--json"))

    assert (found["alpha"], found["interval"], found["units"]) == (None, None, 1)
    assert printed(path, "--level", "nominal").startswith("alpha (nominal) -; 2 ratings")


def test_ratings_may_come_by_pipe_and_people_read_a_sentence(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(TABLE)))

    text = printed("-", "--level", "ordinal")

    assert text.startswith("alpha (ordinal) 0.815, 90 % 0.5")
    assert "40 ratings of 11 units" in text
