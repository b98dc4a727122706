"""The colour sums give the published answers, and our palette is readable and tells apart."""

from __future__ import annotations

import pytest

from tests.oracles.colour import Triple, ciede2000, contrast, distance, worst_distance

# The test pairs that Sharma, Wu and Dalal published with their notes on CIEDE2000 (2005).
PAIRS: list[tuple[Triple, Triple, float]] = [
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    ((50, 3.1571, -77.2803), (50, 0, -82.7485), 2.8615),
    ((50, 2.8361, -74.0200), (50, 0, -82.7485), 3.4412),
    ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
    ((50, -1.1848, -84.8006), (50, 0, -82.7485), 1.0000),
    ((50, -0.9009, -85.5211), (50, 0, -82.7485), 1.0000),
    ((50, 0, 0), (50, -1, 2), 2.3669),
    ((50, -1, 2), (50, 0, 0), 2.3669),
    ((50, 2.4900, -0.0010), (50, -2.4900, 0.0009), 7.1792),
    ((50, 2.4900, -0.0010), (50, -2.4900, 0.0010), 7.1792),
    ((50, 2.4900, -0.0010), (50, -2.4900, 0.0011), 7.2195),
    ((50, 2.4900, -0.0010), (50, -2.4900, 0.0012), 7.2195),
    ((50, -0.0010, 2.4900), (50, 0.0009, -2.4900), 4.8045),
    ((50, -0.0010, 2.4900), (50, 0.0010, -2.4900), 4.8045),
    ((50, -0.0010, 2.4900), (50, 0.0011, -2.4900), 4.7461),
    ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
    ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ((50, 2.5, 0), (61, -5, 29), 22.8977),
    ((50, 2.5, 0), (56, -27, -3), 31.9030),
    ((50, 2.5, 0), (58, 24, 15), 19.4535),
    ((50, 2.5, 0), (50, 3.1736, 0.5854), 1.0000),
    ((50, 2.5, 0), (50, 3.2972, 0), 1.0000),
    ((50, 2.5, 0), (50, 1.8634, 0.5757), 1.0000),
    ((50, 2.5, 0), (50, 3.2592, 0.3350), 1.0000),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((63.0109, -31.0961, -5.8663), (62.8187, -29.7946, -4.0864), 1.2630),
    ((61.2901, 3.7196, -5.3901), (61.4292, 2.2480, -4.9620), 1.8731),
    ((35.0831, -44.1164, 3.7933), (35.0232, -40.0716, 1.5901), 1.8645),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((36.4612, 47.8580, 18.3852), (36.2715, 50.5065, 21.2231), 1.4146),
    ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ((90.9257, -0.5406, -0.9208), (88.6381, -0.8985, -0.7239), 1.5381),
    ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]

# Fill and the text on it.
PALETTE = {"62B284": "000000", "FFE74D": "000000", "A61111": "FFFFFF"}


@pytest.mark.parametrize(("one", "other", "expected"), PAIRS)
def test_ciede2000_gives_the_published_distances(
    one: Triple, other: Triple, expected: float
) -> None:
    """To the four places that were published, and the same both ways round."""
    assert ciede2000(one, other) == pytest.approx(expected, abs=0.00005)
    assert ciede2000(other, one) == pytest.approx(expected, abs=0.00005)


@pytest.mark.parametrize(
    ("text", "fill", "expected"),
    [
        ("000000", "FFFFFF", 21.0),
        ("FFFFFF", "FFFFFF", 1.0),
        ("777777", "FFFFFF", 4.48),
        ("767676", "FFFFFF", 4.54),
        ("0000FF", "FFFFFF", 8.59),
        ("FF0000", "FFFFFF", 4.00),
    ],
)
def test_contrast_gives_the_well_known_ratios(text: str, fill: str, expected: float) -> None:
    """Black on white is 21 to 1; 767676 is the lightest grey that passes AA on white."""
    assert contrast(text, fill) == pytest.approx(expected, abs=0.005)
    assert contrast(fill, text) == contrast(text, fill)


def test_red_and_green_draw_together_without_one_cone() -> None:
    """The simulated visions do what they are named for."""
    for vision in ("protanopia", "deuteranopia"):
        assert distance("C6EFCE", "FFC7CE", vision) < distance("C6EFCE", "FFC7CE") / 2
    assert distance("FFFFFF", "000000", "tritanopia") == pytest.approx(100, abs=0.1)


def test_excels_own_traffic_lights_would_not_do() -> None:
    """The check can fail: Excel's Good, Neutral and Bad fills all but merge."""
    least, pair = worst_distance(["C6EFCE", "FFEB9C", "FFC7CE"])
    assert least < 5
    assert pair == "C6EFCE and FFC7CE, deuteranopia"


@pytest.mark.parametrize(("fill", "text"), PALETTE.items())
def test_the_palette_is_readable(fill: str, text: str) -> None:
    """WCAG AAA for text of any size."""
    assert contrast(text, fill) >= 7


def test_the_palette_tells_apart_for_everybody() -> None:
    """The nearest two colours, for the vision that sees them nearest."""
    least, pair = worst_distance(list(PALETTE))
    assert least >= 20, pair
