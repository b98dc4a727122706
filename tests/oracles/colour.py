"""How far apart colours look, and how readable text on them is, for every kind of sight.

Contrast is WCAG 2's. Distance is CIEDE2000 (Sharma, Wu and Dalal 2005), after the colours are
changed to what people without one kind of cone see (Machado, Oliveira and Fernandes 2009,
severity 1, applied to linear light). A distance of 20 is far; 2 can hardly be seen.
"""

from __future__ import annotations

from itertools import combinations
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

VISIONS: dict[str, Matrix] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

SRGB_TO_XYZ: Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
# Daylight (D65), the white of every screen's colours.
WHITE: Triple = (0.95047, 1.0, 1.08883)


def contrast(text: str, fill: str) -> float:
    """WCAG 2's contrast ratio of two colours such as "62B284": 1 is none, 21 is the most."""
    lighter, darker = sorted((luminance(text), luminance(fill)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """WCAG 2's relative luminance: 0 for black, 1 for white."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def distance(one: str, other: str, vision: str = "normal") -> float:
    """CIEDE2000 distance between two colours as people of this vision see them."""
    return ciede2000(seen(one, vision), seen(other, vision))


def worst_distance(colours: list[str]) -> tuple[float, str]:
    """The least distance between any two colours for any vision, and which that is."""
    found = [
        (distance(one, other, vision), f"{one} and {other}, {vision}")
        for vision in VISIONS
        for one, other in combinations(colours, 2)
    ]
    return min(found)


def linear(colour: str) -> Triple:
    """A colour's red, green and blue as amounts of light from 0 to 1."""
    red, green, blue = (_light(int(colour[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return red, green, blue


def _light(level: float) -> float:
    return level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4


def seen(colour: str, vision: str) -> Triple:
    """A colour as people of this vision see it, in CIE L*a*b*."""
    red, green, blue = multiply(VISIONS[vision], linear(colour))
    # A screen cannot show less than no light nor more than all of it.
    shown = (_clip(red), _clip(green), _clip(blue))
    x, y, z = (
        part / white for part, white in zip(multiply(SRGB_TO_XYZ, shown), WHITE, strict=True)
    )
    return 116 * _root(y) - 16, 500 * (_root(x) - _root(y)), 200 * (_root(y) - _root(z))


def _clip(light: float) -> float:
    return min(max(light, 0.0), 1.0)


def _root(share: float) -> float:
    return share ** (1 / 3) if share > 216 / 24389 else (24389 / 27 * share + 16) / 116


def multiply(matrix: Matrix, vector: Triple) -> Triple:
    """A matrix applied to a vector."""
    one, two, three = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return one, two, three


def ciede2000(one: Triple, other: Triple) -> float:
    """CIEDE2000 distance of two L*a*b* colours, step for step as Sharma et al. set it out."""
    lightness1, chroma1, hue1 = _adjusted(one, other)
    lightness2, chroma2, hue2 = _adjusted(other, one)
    turn, middle = _hue_difference_and_mean(chroma1 * chroma2, hue1, hue2)
    lightness, chroma = (lightness1 + lightness2) / 2, (chroma1 + chroma2) / 2

    hue_step = 2 * sqrt(chroma1 * chroma2) * sin(radians(turn / 2))
    weight = (
        1
        - 0.17 * cos(radians(middle - 30))
        + 0.24 * cos(radians(2 * middle))
        + 0.32 * cos(radians(3 * middle + 6))
        - 0.20 * cos(radians(4 * middle - 63))
    )
    from_grey = (lightness - 50) ** 2
    step_l = (lightness2 - lightness1) / (1 + 0.015 * from_grey / sqrt(20 + from_grey))
    step_c = (chroma2 - chroma1) / (1 + 0.045 * chroma)
    step_h = hue_step / (1 + 0.015 * chroma * weight)
    rotation = -2 * _saturation(chroma) * sin(radians(60 * exp(-(((middle - 275) / 25) ** 2))))
    return sqrt(step_l**2 + step_c**2 + step_h**2 + rotation * step_c * step_h)


def _saturation(chroma: float) -> float:
    return sqrt(chroma**7 / (chroma**7 + 25**7))


def _adjusted(one: Triple, other: Triple) -> Triple:
    """Lightness, chroma and hue of the first colour, stretched near grey by the pair's mean."""
    lightness, a, b = one
    mean_chroma = (hypot(a, b) + hypot(other[1], other[2])) / 2
    a *= 1 + 0.5 * (1 - _saturation(mean_chroma))
    hue = 0.0 if a == b == 0 else degrees(atan2(b, a)) % 360
    return lightness, hypot(a, b), hue


def _hue_difference_and_mean(chromas: float, hue1: float, hue2: float) -> tuple[float, float]:
    """The turn from one hue to the other, the short way round, and the hue half way."""
    if chromas == 0:
        return 0.0, hue1 + hue2
    turn = hue2 - hue1
    mean = (hue1 + hue2) / 2
    if abs(turn) <= 180:
        return turn, mean
    return turn - 360 if turn > 0 else turn + 360, mean + 180 if mean < 180 else mean - 180
