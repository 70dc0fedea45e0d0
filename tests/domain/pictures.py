"""What every picture must be, asked of its SVG text by the tests of each kind."""

import re
from xml.etree import ElementTree

from tracker.domain.drawing import size_of, width_of

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert('x')</script> & \"Co\" ]]> <!-- \x00\x1b\ud800 \u202eevil"
_DRAWN = ("line", "rect", "circle", "polyline", "polygon", "path", "text")


def root_of(svg):
    """The parsed picture; fails when it is not well-formed or not the shape that all share."""
    svg.encode()
    root = ElementTree.fromstring(svg)
    names = root.get("aria-labelledby").split()
    heads = {child.get("id"): child for child in root if child.tag in (SVG + "title", SVG + "desc")}

    assert root.tag == SVG + "svg"
    assert root.get("role") == "img"
    assert root.get("width") is None and root.get("height") is None
    assert [heads[name].tag for name in names] == [SVG + "title", SVG + "desc"]
    assert all(heads[name].text.strip() for name in names)
    assert not [
        e for e in root.iter() if e.tag.removeprefix(SVG) in ("script", "image", "a", "use")
    ]
    assert not [key for e in root.iter() for key in e.attrib if key.startswith("on") or ":" in key]
    assert "url(" not in svg and "@import" not in svg
    return root


def words_in(svg):
    return [element.text for element in root_of(svg).iter(SVG + "text")]


def marks(svg, name, look=""):
    """The elements of that name whose looks include all those given."""
    found = root_of(svg).iter(SVG + name)
    return [e for e in found if set(look.split()) <= set(e.get("class", "").split())]


def assert_inside(svg):
    """Every mark lies within the viewBox, the drawn words by their own estimate of width."""
    root = root_of(svg)
    _, _, width, height = map(float, root.get("viewBox").split())
    for element in root.iter():
        name = element.tag.removeprefix(SVG)
        if name not in _DRAWN:
            continue
        for x, y in _corners(name, element):
            assert -0.05 <= x <= width + 0.05, (name, element.attrib, element.text)
            assert -0.05 <= y <= height + 0.05, (name, element.attrib, element.text)


def _corners(name, element):
    given = element.attrib
    if name == "line":
        return [(float(given[f"x{end}"]), float(given[f"y{end}"])) for end in "12"]
    if name in ("polyline", "polygon"):
        return [tuple(map(float, pair.split(","))) for pair in given["points"].split()]
    if name == "path":
        numbers = [tuple(map(float, bar)) for bar in _bars(given["d"])]
        return [(x, y) for x, y1, y2 in numbers for y in (y1, y2)]
    if name == "circle":
        x, y, r = (float(given[key]) for key in ("cx", "cy", "r"))
        return [(x - r, y - r), (x + r, y + r)]
    x, y = float(given["x"]), float(given["y"])
    if name == "rect":
        return [(x, y), (x + float(given["width"]), y + float(given["height"]))]
    size = size_of(element.get("class", ""))
    width = width_of(element.text or "", size)
    left = x - {"end": width, "middle": width / 2}.get(given.get("text-anchor"), 0)
    return [(left, y - size + 2), (left + width, y + 3)]


def _bars(path):
    bars = re.findall(r"M([\d.]+) ([\d.]+)V([\d.]+)", path)
    assert "".join(f"M{x} {y1}V{y2}" for x, y1, y2 in bars) == path
    return bars


def assert_table(table):
    assert table.caption
    assert all(len(row) == len(table.headers) for row in table.rows)
    assert all(cell for row in table.rows for cell in row)
