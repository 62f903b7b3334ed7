"""The published decomposition of four forecasts of rain.

Daily probabilities of rain at Niamey, July to September 2016 (Vogel, Knippertz, Gneiting, Fink,
Klar and Schlueter 2021), as they accompany Dimitriadis, Gneiting and Jordan (2021), whose
figures these are. ENS are members out of 52, EPC days out of 589.
"""

import csv
from pathlib import Path

import pytest

from forecast.scoring.corp import decompose

TABLE = Path(__file__).parents[2] / "fixtures" / "niamey_2016.csv"
PUBLISHED = [
    ("logistic", 1, 0.205746, 0.017076, 0.055541),
    ("emos", 1, 0.232025, 0.018283, 0.030469),
    ("ens_of_52", 52, 0.266168, 0.066072, 0.044115),
    ("epc_of_589", 589, 0.234282, 0.022350, 0.032279),
]


@pytest.mark.parametrize(("name", "of", "score", "miscalibration", "discrimination"), PUBLISHED)
def test_the_published_parts(name, of, score, miscalibration, discrimination):
    with TABLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    parts = decompose([float(row[name]) / of for row in rows], [int(row["rain"]) for row in rows])
    assert len(rows) == 92
    assert parts.score == pytest.approx(score, abs=5e-7)
    assert parts.miscalibration == pytest.approx(miscalibration, abs=5e-7)
    assert parts.discrimination == pytest.approx(discrimination, abs=5e-7)
    assert parts.uncertainty == pytest.approx(0.244211, abs=5e-7)
