"""Stacked bars as a static SVG: the same picture on the portal, in the back office and in a PDF.

Plain SVG 1.1 that an old WebKit draws as well: no script, no style sheet, no foreign object.
"""

from html import escape
from math import floor, log10

# Distinct for people who confuse red and green, and dark enough on white.
COLOURS = ("#1f5fa8", "#d97706", "#2f855a", "#7c4dab", "#b83280", "#0e7490", "#6b7280")
WIDTH, HEIGHT = 360, 200
LEFT, BOTTOM, TOP = 44, 22, 12
STRIPE = 3.2


def nice_top(value):
    """The round figure at which an axis ends that has to hold `value`."""
    if value <= 0:
        return 1.0
    power = 10.0 ** floor(log10(value))
    for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10):
        if value <= step * power * 1.0000001:
            return step * power
    return 10 * power


def short(value):
    """A figure of the axis in four signs: 950, 1.5k, 12k, 1.2M."""
    for size, unit in ((1_000_000, "M"), (1_000, "k")):
        if abs(value) >= size:
            text = f"{value / size:.1f}".removesuffix(".0")
            return f"{text}{unit}"
    return f"{value:.0f}"


def stacked_bars(labels, series, title):
    """An SVG element as text.

    :param labels: one text per bar
    :param series: [(name, colour, hatched, [value per bar])], drawn from the bottom up; below zero
        counts as nothing
    :param title: what the picture shows, for those who hear it
    """
    totals = [sum(max(values[at], 0) for _n, _c, _h, values in series) for at in range(len(labels))]
    top = nice_top(max(totals, default=0))
    height = HEIGHT - TOP - BOTTOM
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="100%"'
        f' role="img" font-family="sans-serif"><title>{escape(title)}</title>',
        *_axis(top, height),
    ]
    step = (WIDTH - LEFT) / max(len(labels), 1)
    for at, label in enumerate(labels):
        x = LEFT + step * at + step * 0.2
        base = TOP + height
        for name, colour, hatched, values in series:
            tall = height * max(values[at], 0) / top
            if not tall:
                continue
            base -= tall
            fill = "#ffffff" if hatched else colour
            parts.append(
                f'<rect x="{x:.1f}" y="{base:.1f}" width="{step * 0.6:.1f}" height="{tall:.1f}"'
                f' fill="{fill}" stroke="{colour}" stroke-width="0.5">'
                f"<title>{escape(f'{label}: {name}')}</title></rect>"
            )
            if hatched:
                parts.append(_stripes(x, base, step * 0.6, tall, colour))
        parts.append(
            f'<text x="{x + step * 0.3:.1f}" y="{HEIGHT - 6}" font-size="11" fill="#374151"'
            f' text-anchor="middle">{escape(label)}</text>'
        )
    return "".join([*parts, "</svg>"])


def _stripes(x, y, width, height, colour):
    """Lines across a bar: drawn one by one, since an old WebKit fills no pattern."""
    lines = "".join(
        f"M{x:.1f},{y + at:.1f} h{width:.1f} " for at in _steps(STRIPE / 2, height, STRIPE)
    )
    return f'<path d="{lines}" stroke="{colour}" stroke-width="1.4"/>' if lines else ""


def _steps(at, end, step):
    while at < end:
        yield at
        at += step


def _axis(top, height):
    marks = 4
    for at in range(marks + 1):
        y = TOP + height - height * at / marks
        yield (
            f'<path d="M{LEFT},{y:.1f} H{WIDTH}" stroke="#d1d5db" stroke-width="0.7"/>'
            f'<text x="{LEFT - 6}" y="{y + 4:.1f}" font-size="11" fill="#374151"'
            f' text-anchor="end">{short(top * at / marks)}</text>'
        )


def bar_series(areas, limit=6):
    """(series, folded) of areas given as {name: (one-off values, recurring values)}.

    One-off money is solid, recurring money striped in the same colour. Areas beyond `limit` are
    folded into one, whose name is None; one alone keeps its name.
    """
    order = sorted(areas, key=lambda name: (-sum(map(sum, areas[name])), name))
    if len(order) == limit + 1:
        limit += 1
    kept, rest = order[:limit], order[limit:]
    rows = [(name, *areas[name]) for name in kept]
    if rest:
        rows.append((None, *[[sum(v) for v in zip(*(areas[n][k] for n in rest), strict=True)]
                             for k in (0, 1)]))  # fmt: skip
    series = []
    for at, (name, once, recurring) in enumerate(rows):
        colour = COLOURS[at % len(COLOURS)]
        series += [(name, colour, False, once), (name, colour, True, recurring)]
    return series, rest
