import ast
from pathlib import Path
from statistics import NormalDist

from tracker.domain import thresholds


def test_every_threshold_is_followed_by_its_source():
    body = ast.parse(Path(thresholds.__file__).read_text()).body
    named = [at for at, node in enumerate(body) if isinstance(node, ast.AnnAssign)]

    undocumented = [
        ast.unparse(body[at])
        for at in named
        if at + 1 == len(body)
        or not (isinstance(body[at + 1], ast.Expr) and isinstance(body[at + 1].value, ast.Constant))
    ]

    assert named
    assert undocumented == []


def test_the_normal_quantile_leaves_five_percent_on_either_side():
    assert abs(NormalDist().cdf(thresholds.INTERVAL_Z) - 0.95) < 1e-12
