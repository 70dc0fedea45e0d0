from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.agreement import Level
from tracker.domain.errors import BadTable
from tracker.domain.scoring import Forecast
from tracker.intake.tables import named_lines, read_forecasts, read_ratings, read_table

HEADER = b"speaker,event,p,y\n"
FIRST = Forecast("Ada", "e1", Fraction("0.7"), 1)


def faults(read, *given):
    with pytest.raises(BadTable) as refused:
        read(*given)
    return refused.value.facts["lines"]


# --- tables that cannot be read ---


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        pytest.param(b"", 1, "empty", id="nothing"),
        pytest.param(b"\n\n ,\n", 1, "empty", id="blank-lines"),
        pytest.param(b"p,y\n1,caf\xe9\n", 2, "not UTF-8", id="latin-1"),
        pytest.param(b"p,y\n\n1,\x00\n", 3, "NUL", id="nul-byte"),
        pytest.param(b"p,y,P\n1,1,1\n", 1, "'p' more than once", id="repeated-header"),
        pytest.param(b'p,y\n1,1\n"1,1\n1,1\n', 3, "not a row", id="open-quotation-mark"),
    ],
)
def test_an_unreadable_table_is_refused_by_line(data, line, said):
    lines = faults(read_table, data)

    assert list(lines) == [line]
    assert said in lines[line]


def test_missing_columns_are_named():
    assert faults(read_forecasts, b"\nspeaker,p\nAda,1\n") == {
        2: "the header lacks the column event, y"
    }


@pytest.mark.parametrize(
    ("row", "said"),
    [
        pytest.param(",e1,0.7,1", "speaker is empty", id="no-speaker"),
        pytest.param("Ada, ,0.7,1", "event is empty", id="no-event"),
        pytest.param("Ada,e1,,1", "p is empty", id="no-p"),
        pytest.param("Ada,e1,likely,1", "p is not a number: 'likely'", id="p-in-words"),
        pytest.param("Ada,e1,70%,1", "p is not a number", id="p-in-percent"),
        pytest.param("Ada,e1,70,1", "p must be between 0 and 1", id="p-above-one"),
        pytest.param("Ada,e1,-0.1,1", "p must be between 0 and 1", id="p-negative"),
        pytest.param("Ada,e1,nan,1", "p is not a number", id="p-nan"),
        pytest.param("Ada,e1,inf,1", "p is not a number", id="p-infinite"),
        pytest.param("Ada,e1,1e-99999,1", "p is not a number", id="p-absurdly-small"),
        pytest.param("Ada,e1,1/2,1", "p is not a number", id="p-a-fraction"),
        pytest.param("Ada,e1,1_0,1", "p is not a number", id="p-with-underscore"),
        pytest.param("Ada,e1,\N{ARABIC-INDIC DIGIT ONE},1", "p is not a number", id="p-foreign"),
        pytest.param("Ada,e1,0." + "1" * 500 + ",1", "p is not a number", id="p-endless"),
        pytest.param("Ada,e1,0.7,2", "y must be 0, 1 or empty, not '2'", id="y-of-two"),
        pytest.param("Ada,e1,0.7,yes", "y must be 0, 1 or empty, not 'yes'", id="y-in-words"),
        pytest.param("Ada,e1,0.7", "3 cells where the header has 4", id="short-row"),
        pytest.param("Ada,e1,0,7,1", "5 cells where the header has 4", id="decimal-comma"),
    ],
)
def test_a_row_that_does_not_parse_is_named(row, said):
    good = b"Ada,e1,0.7,1\n"

    lines = faults(read_forecasts, HEADER + good + row.encode() + b"\n" + good)

    assert list(lines) == [3]
    assert said in lines[3]


def test_every_line_at_fault_is_named_at_once():
    data = HEADER + b"Ada,e1,x,1\nAda,e1,0.7,1\nAda,e1,0.7,9\nAda\n"

    assert list(faults(read_forecasts, data)) == [2, 4, 5]


def test_lines_are_counted_as_an_editor_counts_them():
    data = HEADER + b'\n"Ada\nLovelace",e1,0.7,1\r\n\r\nAda,e1,x,1\n'

    assert list(faults(read_forecasts, data)) == [6]


def test_a_base_rate_out_of_range_is_refused():
    lines = faults(read_forecasts, b"speaker,event,p,y,base_rate\nAda,e1,0.7,1,1.2\n")

    assert lines == {2: "base_rate must be between 0 and 1"}


# --- forecasts ---


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"speaker,event,p,y\nAda,e1,0.7,1\n", id="plain"),
        pytest.param(b"\xef\xbb\xbfspeaker,event,p,y\r\nAda,e1,0.7,1\r\n", id="bom-and-crlf"),
        pytest.param(b"speaker,event,p,y\rAda,e1,0.7,1", id="old-mac"),
        pytest.param(b"speaker;event;p;y\nAda;e1;0,7;1\n", id="semicolons-decimal-comma"),
        pytest.param(b"speaker\tevent\tp\ty\nAda\te1\t.7\t1\n", id="tabs"),
        pytest.param(b" Speaker , EVENT,p,y\n Ada ,e1, 0.70 , 1.0 \n", id="spaces-and-case"),
        pytest.param(b'"y","p","event","speaker"\n"1","7e-1","e1","Ada"\n', id="quoted-reordered"),
        pytest.param(b"\nspeaker,event,p,y,note\n\nAda,e1,0.7,1,x\n,,,,\n", id="blank-and-extra"),
    ],
)
def test_spreadsheets_of_every_make_say_the_same(data):
    assert read_forecasts(data) == (FIRST,)


def test_optional_columns_may_be_empty_and_an_empty_outcome_is_void():
    data = b"speaker,event,p,y,base_rate,phrase\nAda,e1,0,,,\nAda,e2,1,0,0.25,might yet\n"

    assert read_forecasts(data) == (
        Forecast("Ada", "e1", Fraction(0), None),
        Forecast("Ada", "e2", Fraction(1), 0, Fraction(1, 4), "might yet"),
    )


def test_line_separators_inside_a_cell_are_text():
    data = "speaker,event,p,y\nAda\N{LINE SEPARATOR}L,e1,0.7,1\n".encode()

    assert read_forecasts(data)[0].speaker == "Ada\N{LINE SEPARATOR}L"


def test_a_header_alone_is_an_empty_table():
    assert read_forecasts(HEADER) == ()


@given(st.decimals(0, 1, allow_nan=False, allow_infinity=False))
def test_p_is_kept_exactly_as_it_is_written(p):
    if len(str(p)) < 100:
        [row] = read_forecasts(HEADER + f"Ada,e1,{p},1".encode())
        assert row.p == Fraction(p)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_by_line(data):
    try:
        read_forecasts(HEADER + data)
    except BadTable as refused:
        assert refused.facts["lines"]


# --- ratings ---


def test_ratings_need_a_unit_and_a_rater():
    assert list(faults(read_ratings, b"unit\n1\n", Level.NOMINAL)) == [1]


@pytest.mark.parametrize(
    ("row", "level", "said"),
    [
        pytest.param(",1,2", Level.NOMINAL, "unit is empty", id="no-unit"),
        pytest.param("u1,1,2", Level.NOMINAL, "already stands in line 2", id="unit-twice"),
        pytest.param("u2,1,high", Level.ORDINAL, "must be numbers, not 'high'", id="word"),
        pytest.param("u2,1,-2", Level.RATIO, "must not be negative", id="negative-ratio"),
        pytest.param("u2,1", Level.NOMINAL, "2 cells where the header has 3", id="short"),
    ],
)
def test_a_unit_that_does_not_parse_is_named(row, level, said):
    lines = faults(read_ratings, f"unit,a,b\nu1,1,1\n{row}\n".encode(), level)

    assert list(lines) == [3]
    assert said in lines[3]


def test_empty_cells_are_missing_and_numbers_are_compared_as_numbers():
    units = read_ratings(b"unit;a;b;c\nu1;1;1,0;\nu2;yes;;no\nu3;;;\n", Level.NOMINAL)

    assert units == ((Fraction(1), Fraction(1)), ("yes", "no"), ())


# --- the message ---


def test_lines_are_listed_in_order_and_the_rest_is_counted():
    assert named_lines({3: "b", 2: "a"}) == ["line 2: a", "line 3: b"]
    assert named_lines({3: "b", 2: "a", 9: "c"}, most=1) == ["line 2: a", "and 2 more lines"]
