"""The rules of drawing, on every chart of the data and on figures made for the purpose."""

from __future__ import annotations

import re
import sys
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dprk_russia
from dprk_russia.charts.chart import ChartError, make_chart
from dprk_russia.charts.colours import DARK, LIGHT, Theme, measure_contrast, write_style
from dprk_russia.charts.images import convert
from dprk_russia.charts.layout import ARROW, NARROW, WIDE, Frame, Panel, arrange
from dprk_russia.charts.lettering import HEIGHT, Box, measure, place_labels
from dprk_russia.charts.points import divide, read_points
from dprk_russia.charts.scales import Linear, Logarithmic, fit, fit_days
from dprk_russia.contract.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dprk_russia.site.library import Library

SVG = "{http://www.w3.org/2000/svg}"
FRAMES = pytest.mark.parametrize("frame", [WIDE, NARROW], ids=["wide", "narrow"])


def panels(library: Library, frame: Frame) -> Iterator[Panel]:
    for rows in library.group("estimates", "indicator_id").values():
        yield from make_chart("", rows, library.short_names).arrange(frame)


def row(**cells: Any) -> dict[str, Any]:
    return {
        "figure_id": "M00001", "scope": None, "assumption": None, "scope_name": None, "assumption_name": None, "currency": None, "unit": "person", "per": None,
        "as_of": "2025-01-01", "as_of_precision": "day", "first_known": "2025-01-02", "bound": "about",
        "value_low": None, "value": None, "value_high": None, "number": None, "as_stated": "hundreds",
        "speaker": "A", "speaker_id": "a", "side": "ukraine", "is_current": True, **cells,
    }  # fmt: skip


def exact(number: float, **cells: Any) -> dict[str, Any]:
    return row(value=number, number=number, bound="exact", **cells)


def draw(*rows: dict[str, Any]) -> ET.Element:
    return ET.fromstring(make_chart("Title", rows, {}).draw())  # noqa: S314


def mark(chart: ET.Element, figure_id: str = "M00001") -> ET.Element:
    return next(group for group in chart.iter(f"{SVG}g") if group.get("data-figure") == figure_id)


def shapes(chart: ET.Element) -> list[str]:
    return [child.tag.removeprefix(SVG) for child in mark(chart) if child.tag != f"{SVG}title"]


@FRAMES
def test_labels_cover_neither_marks_nor_arrows_nor_each_other(library: Library, frame: Frame) -> None:
    for panel in panels(library, frame):
        marks = [box for placed in panel.marks for box in placed.boxes]
        labels = [label.box for label in panel.labels]
        assert not any(label.meets(box) for label in labels for box in marks)
        assert not any(one.meets(other) for one, other in combinations(labels, 2))


@FRAMES
def test_everything_stands_inside_the_chart(library: Library, frame: Frame) -> None:
    whole = Box(0, 0, frame.width, frame.height)
    for panel in panels(library, frame):
        assert all(whole.holds(label.box) for label in panel.labels)
        assert all(whole.holds(box) for placed in panel.marks for box in placed.boxes)
        assert all(
            tick.middle - measure(tick.words) / 2 >= 0
            and tick.middle + measure(tick.words) / 2 <= frame.width
            for tick in panel.columns
        )


@FRAMES
def test_every_figure_of_a_series_is_drawn_once_and_no_number_that_was_not_said(
    library: Library, frame: Frame
) -> None:
    for rows in library.group("estimates", "indicator_id").values():
        said = {
            one["figure_id"]: {one["value_low"], one["value"], one["value_high"]} - {None} for one in rows
        }
        chart = make_chart("", rows, {})
        drawn = [placed.point for panel in chart.arrange(frame) for placed in panel.marks]
        assert sorted(point.figure_id for point in drawn) == sorted(
            one["figure_id"] for series in chart.series for one in series.rows
        )
        assert all(set(point.numbers) == said[point.figure_id] for point in drawn)


def test_no_figure_is_plotted_later_than_it_was_known(library: Library) -> None:
    for panel in panels(library, WIDE):
        for placed in panel.marks:
            known = library.figures[placed.point.figure_id]["first_known"]
            assert known is None or placed.point.day <= date.fromisoformat(known)


def test_a_label_names_the_newest_figure_of_a_side(library: Library) -> None:
    rows = library.group("estimates", "indicator_id")["kpa-casualties"]
    (panel,) = make_chart("", rows, library.short_names).arrange()
    newest = max((one for one in rows if one["side"] == "south-korea"), key=lambda one: one["as_of"])
    assert any(
        panel.marks[label.mark].point.day == date.fromisoformat(newest["as_of"]) for label in panel.labels
    )


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_of_words_and_marks_has_enough_contrast(theme: Theme) -> None:
    for colour in (theme.ink, theme.faint, theme.other, *theme.sides.values()):
        assert measure_contrast(colour, theme.paper) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert measure_contrast("#000000", "#ffffff") == pytest.approx(21)
    assert measure_contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert measure_contrast("#0000ff", "#ffffff") == measure_contrast("#ffffff", "#0000ff")


def test_no_two_sides_share_a_colour() -> None:
    for theme in (LIGHT, DARK):
        assert len({*theme.sides.values(), theme.other}) == len(theme.sides) + 1


@pytest.mark.parametrize(
    ("cells", "drawn"),
    [
        ({"bound": "exact", "value": 5.0, "number": 5.0}, ["rect"]),
        ({"bound": "about", "value": 5.0, "number": 5.0}, ["circle"]),
        ({"bound": "at_least", "value_low": 5.0, "number": 5.0}, ["rect", "path"]),
        ({"bound": "at_most", "value_high": 5.0, "number": 5.0}, ["rect", "path"]),
        ({"bound": "range", "value_low": 4.0, "value_high": 5.0}, ["path"]),
        (
            {"bound": "range", "value_low": 4.0, "value": 4.5, "value_high": 5.0, "number": 4.5},
            ["path", "circle"],
        ),
        ({"bound": "vague"}, ["path"]),
    ],
    ids=["exact", "about", "at least", "at most", "range", "range with a best value", "words"],
)
def test_the_shape_of_a_mark_tells_the_bound(cells: dict[str, Any], drawn: list[str]) -> None:
    assert shapes(draw(row(**cells))) == drawn


@pytest.mark.parametrize(
    ("bound", "column", "way"), [("at_least", "value_low", -1), ("at_most", "value_high", 1)]
)
def test_an_arrow_points_away_from_the_number_and_has_a_fixed_length(
    bound: str, column: str, way: int
) -> None:
    arrows = set()
    for number in (10.0, 1000.0):
        chart = draw(
            row(**{column: number, "number": number, "bound": bound}), exact(2000, figure_id="M00002")
        )
        _, arrow = (child for child in mark(chart) if child.tag != f"{SVG}title")
        shaft = re.match(r"M([\d.]+) ([\d.]+)v(-?\d+)M([\d.]+) ([\d.]+)l", str(arrow.get("d")))
        assert shaft is not None
        x, start, length, tip_x, tip = map(float, shaft.groups())
        arrows.add((length, round(tip - start - length, 3)))
        assert x == tip_x
    assert arrows == {(way * (ARROW - 6), way * 2)}


def test_words_without_a_number_stand_in_a_lane_below_all_numbers() -> None:
    (panel,) = make_chart("", [row(bound="vague"), exact(0, figure_id="M00002")], {}).arrange()
    vague, number = panel.marks
    assert panel.lane is not None
    assert panel.lane.top > number.ends[0]
    assert panel.lane.top < vague.ends[0] < panel.lane.bottom
    assert [label.words for label in panel.labels if label.mark == 0] == ["“hundreds”"]


def test_a_chart_without_words_has_no_lane() -> None:
    (panel,) = make_chart("", [exact(1)], {}).arrange()
    assert panel.lane is None


def test_on_a_page_a_mark_of_one_shape_is_one_element_without_a_title() -> None:
    rows = (exact(1, is_current=False), row(bound="at_least", value_low=2.0, number=2.0, figure_id="M00002"))
    chart = ET.fromstring(make_chart("Title", rows, {}).draw(bare=True))  # noqa: S314
    one, several = (
        element
        for element in chart.iter()
        if element.get("data-figure") and "mark" in str(element.get("class"))
    )
    assert (one.tag, one.get("class")) == ("rect", "mark side-ukraine hollow body")
    assert (several.tag, len(several)) == ("g", 2)
    assert len(list(chart.iter("title"))) == 1


def test_what_was_replaced_is_hollow() -> None:
    chart = draw(exact(1, is_current=False), exact(2, figure_id="M00002"))
    assert "hollow" in str(mark(chart).get("class"))
    assert "hollow" not in str(mark(chart, "M00002").get("class"))


def test_a_thin_line_joins_the_figures_of_one_speaker_alone() -> None:
    rows = (
        exact(1), exact(2, figure_id="M00002", as_of="2025-02-01"),
        exact(3, figure_id="M00003", speaker_id="b"),
        row(figure_id="M00004", value_low=1.0, value_high=2.0, bound="range"),
    )  # fmt: skip
    (panel,) = make_chart("", rows, {}).arrange()
    assert panel.joins == ((0, 1),)


def test_currencies_have_panels_of_their_own() -> None:
    rows = [exact(1, currency="USD"), exact(2000, currency="KRW", figure_id="M00002")]
    first, second = make_chart("", rows, {}).arrange()
    assert {first.unit, second.unit} == {"USD", "KRW"}
    assert [len(first.marks), len(second.marks)] == [1, 1]


def test_parts_are_not_drawn_beside_the_whole() -> None:
    series = divide([exact(1, scope="kursk", figure_id="M00002"), exact(2)])
    assert [one.scope for one in series] == ["", "kursk"]
    assert [one.scope for one in make_chart("", [*series[0].rows, *series[1].rows], {}).series] == [""]


def test_where_nothing_is_whole_the_largest_part_is_drawn_and_named() -> None:
    rows = [
        exact(1, scope="a"),
        exact(1, scope="b", scope_name="Part B", figure_id="M00002"),
        exact(2, scope="b", scope_name="Part B", figure_id="M00003"),
    ]
    chart = make_chart("", rows, {})
    assert [one.scope for one in chart.series] == ["b"]
    assert "(Part B)" in chart.arrange()[0].unit


def test_wide_signs_are_measured_wider_than_narrow_ones() -> None:
    assert measure("한") == measure("\uff37") > measure("W") > measure("n") > measure("i")
    assert measure("") == 0
    assert measure("nn") == 2 * measure("n")


def test_counts_begin_at_nought() -> None:
    scale = fit([50, 100])
    assert isinstance(scale, Linear)
    assert (scale.low, scale.place(0)) == (0, 0)


def test_only_what_spreads_beyond_a_hundredfold_is_logarithmic() -> None:
    assert isinstance(fit([1, 100]), Linear)
    assert isinstance(fit([1, 101]), Logarithmic)
    assert isinstance(fit([0, 1000]), Linear)
    assert isinstance(fit([-1, 1000]), Linear)


@given(
    st.lists(
        st.floats(-1e15, 1e15, allow_subnormal=False).filter(lambda x: x == 0 or abs(x) > 1e-6), min_size=1
    )
)
def test_every_number_stands_on_its_scale(numbers: list[float]) -> None:
    scale = fit(numbers)
    assert all(-1e-6 <= scale.place(number) <= 1 + 1e-6 for number in numbers)
    assert list(scale.ticks) == sorted(scale.ticks)
    assert len(scale.ticks) <= 24


@given(st.lists(st.dates(date(1900, 1, 1), date(2100, 1, 1)), min_size=1), st.integers(3, 8))
def test_every_day_stands_on_its_scale(days: list[date], wanted: int) -> None:
    scale = fit_days(days, wanted)
    assert all(0 <= scale.place(day) <= 1 for day in days)
    assert all(0 <= scale.place(day) <= 1 for day, _ in scale.ticks)


@pytest.mark.parametrize(
    ("numbers", "ticks"),
    [
        ([0], [0, 0.2, 0.4, 0.6, 0.8, 1]),
        ([3], [0, 1, 2, 3]),
        ([7], [0, 2, 4, 6, 8]),
        ([12], [0, 2.5, 5, 7.5, 10, 12.5]),
        ([25], [0, 5, 10, 15, 20, 25]),
        ([26], [0, 10, 20, 30]),
        ([50], [0, 10, 20, 30, 40, 50]),
        ([51], [0, 20, 40, 60]),
        ([-5, 5], [-6, -4, -2, 0, 2, 4, 6]),
        ([20, 3000], [10, 100, 1000, 10_000]),
    ],
)
def test_round_numbers_are_named_on_an_axis(numbers: list[float], ticks: list[float]) -> None:
    scale = fit(numbers)
    assert list(scale.ticks) == pytest.approx(ticks)
    assert (scale.low, scale.high) == pytest.approx((ticks[0], ticks[-1]))


@pytest.mark.parametrize(
    ("first", "last", "second_tick", "number"),
    [
        (date(2024, 1, 1), date(2024, 7, 31), date(2024, 2, 1), 8),
        (date(2024, 1, 1), date(2024, 8, 1), date(2024, 3, 1), 5),
        (date(2024, 1, 1), date(2025, 2, 1), date(2024, 3, 1), 8),
        (date(2024, 1, 1), date(2025, 3, 1), date(2024, 4, 1), 6),
        (date(2024, 1, 1), date(2025, 9, 1), date(2024, 4, 1), 8),
        (date(2024, 1, 1), date(2025, 10, 1), date(2024, 7, 1), 4),
        (date(2024, 1, 1), date(2027, 6, 1), date(2024, 7, 1), 8),
        (date(2024, 1, 1), date(2027, 7, 1), date(2025, 1, 1), 4),
        (date(2024, 1, 1), date(2030, 12, 1), date(2025, 1, 1), 8),
        (date(2024, 1, 1), date(2031, 1, 1), date(2026, 1, 1), 4),
        (date(2000, 1, 1), date(2013, 12, 1), date(2002, 1, 1), 8),
        (date(2000, 1, 1), date(2014, 1, 1), date(2005, 1, 1), 3),
        (date(2000, 1, 1), date(2034, 12, 1), date(2005, 1, 1), 8),
        (date(2000, 1, 1), date(2035, 1, 1), date(2010, 1, 1), 4),
        (date(1950, 1, 1), date(2025, 1, 1), date(1980, 1, 1), 4),
    ],
)
def test_months_and_years_are_named_as_there_is_room(
    first: date, last: date, second_tick: date, number: int
) -> None:
    scale = fit_days([last, first])
    assert (scale.ticks[1][0], len(scale.ticks)) == (second_tick, number)


def test_the_year_is_named_where_it_begins() -> None:
    scale = fit_days([date(2024, 11, 5), date(2025, 2, 20)])
    assert [words for _, words in scale.ticks] == ["Nov 2024", "Dec", "Jan 2025", "Feb", "Mar"]


def test_a_label_that_fits_nowhere_is_left_out() -> None:
    mark_box = Box(40, 40, 50, 50)
    assert not list(place_labels([(0, "words", mark_box)], [mark_box], [], Box(0, 0, 90, 90).grow(-35), 5))
    assert list(place_labels([(0, "words", mark_box)], [mark_box], [], Box(0, 0, 200, 90), 5))


@pytest.mark.parametrize("far", [-18, -9, 0, 9, 18])
@pytest.mark.parametrize(("left", "right"), [(-99, 0), (10, 99)])
def test_a_label_beside_a_mark_moves_up_or_down_to_where_there_is_room(
    left: float, right: float, far: float
) -> None:
    top = 5 - HEIGHT / 2 + far
    room = Box(left, top, right, top + HEIGHT)
    assert list(place_labels([(0, "words", Box(0, 0, 10, 10))], [], [], room, 1))


@pytest.mark.parametrize("far", [0, 9, 18])
@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("above", [True, False])
def test_a_label_at_a_corner_of_a_mark_moves_away_to_where_there_is_room(
    far: float, side: str, *, above: bool
) -> None:
    left = -3 - measure("words") if side == "left" else 13
    top = -HEIGHT - 1 - far if above else 11 + far
    right, bottom = left + measure("words"), top + HEIGHT
    # Above and below a mark a label keeps from the edges, which are covered.
    edges = [Box(left - 1, top, left - 0.5, bottom), Box(right + 0.5, top, right + 1, bottom)]
    room = Box(left - 1, top, right + 1, bottom)
    assert list(place_labels([(0, "words", Box(0, 0, 10, 10))], edges, [], room, 1))


def test_centuries_are_told_by_twenty_years() -> None:
    ticks = [text for _, text in fit_days([date(1500, 1, 1), date(2025, 1, 1)]).ticks]
    assert ticks[:2] == ["1500", "1520"]


def test_a_label_above_a_mark_at_the_edge_keeps_inside() -> None:
    mark_box, room = Box(0, 20, 10, 30), Box(0, 0, 100, 50)
    (label,) = place_labels([(0, "words of 90 px", mark_box)], [mark_box], [], room, 5)
    assert label.box.left == 0
    assert label.box.bottom <= mark_box.top


@FRAMES
def test_no_number_stands_in_a_chart_without_its_speaker(library: Library, frame: Frame) -> None:
    for panel in panels(library, frame):
        for label in panel.labels:
            point = panel.marks[label.mark].point
            assert label.words == (f"{point.said} · {point.speaker}" if point.numbers else point.said)


def test_no_more_labels_are_placed_than_there_is_room_for() -> None:
    marks = [Box(0, y, 10, y + 10) for y in range(0, 200, 40)]
    wanted = [(number, f"label {number}", box) for number, box in enumerate(marks)]
    assert len(list(place_labels(wanted, marks, [], Box(-500, -500, 500, 500), 3))) == 3


def test_a_line_is_avoided_where_there_is_another_place() -> None:
    mark_box, room = Box(0, 0, 10, 10), Box(-200, -200, 200, 200)
    line = [Box(x, 4, x + 2, 6) for x in range(10, 200, 4)]
    (label,) = place_labels([(0, "words", mark_box)], [mark_box], line, room, 1)
    assert not any(label.box.meets(box) for box in line)


def test_a_chart_is_one_image_with_a_title_and_a_description() -> None:
    chart = draw(exact(1500))
    named = str(chart.get("aria-labelledby")).split()
    texts = {element.get("id"): element.text for element in chart.iter() if element.get("id")}
    assert chart.get("role") == "img"
    assert texts[named[0]] == "Title"
    assert "1 figure of 1 speaker" in str(texts[named[1]])
    assert "1,500" in str(texts[named[1]])
    assert not list(chart.iter(f"{SVG}a"))


def test_what_a_stranger_wrote_stands_in_a_chart_as_text() -> None:
    hostile = '</text><script>alert(1)</script>" onload="x'
    text = make_chart(hostile, [row(as_stated=hostile, bound="vague", speaker=hostile)], {}).draw()
    elements = {element.tag.removeprefix(SVG) for element in ET.fromstring(text).iter()}  # noqa: S314
    assert elements <= {"svg", "title", "desc", "style", "rect", "g", "text", "path", "circle"}


def test_the_style_of_a_chart_needs_no_variables_before_its_dark_rules() -> None:
    light, query, _ = write_style().partition("@media")
    assert query
    assert "var(" not in light


def test_a_chart_of_the_data_shows_itself_and_saves_itself(tmp_path: Path) -> None:
    chart = dprk_russia.chart("kpa-casualties")
    assert chart._repr_svg_().startswith("<svg xmlns=")
    assert "base64," in chart._repr_html_()
    beginnings = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF"}
    for form, beginning in beginnings.items():
        chart.save(tmp_path / f"chart.{form}")
        assert (tmp_path / f"chart.{form}").read_bytes().startswith(beginning)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chart.pdf", "chart.png", "chart.svg"]


def test_a_picture_that_needs_typst_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtraError, match=r"'dprk-russia\[charts\]'"):
        convert("<svg/>", "png")


def test_a_chart_of_an_earlier_day_shows_what_was_known_by_then() -> None:
    chart = dprk_russia.chart("kpa-casualties", known_by="2025-01-31")
    figures = {one["figure_id"] for series in chart.series for one in series.rows}
    known = dprk_russia.estimates("kpa-casualties", known_by="2025-01-31")
    assert figures == set(known[known["scope"].isna()]["figure_id"])


def test_a_chart_is_saved_in_no_other_form_and_not_where_there_is_nothing_to_draw(tmp_path: Path) -> None:
    with pytest.raises(ChartError, match=r"must end with \.svg, \.png or \.pdf"):
        make_chart("", [exact(1)], {}).save(tmp_path / "chart.jpg")
    with pytest.raises(ChartError, match="no figure to draw"):
        dprk_russia.chart("kpa-casualties", known_by="2020")
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_leaves_the_former_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "chart.svg"
    target.write_text("former")
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        make_chart("", [exact(1)], {}).save(target)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["former"]


def test_a_point_without_a_known_day_stands_at_the_day_it_speaks_of() -> None:
    (panel,) = make_chart("", [exact(1, first_known=None)], {}).arrange()
    assert panel.marks[0].point.day == date(2025, 1, 1)


def test_a_chart_of_words_alone_is_the_lane_and_its_days() -> None:
    panel = arrange(read_points([row(bound="vague")], {}), "people", WIDE)
    assert panel.rows == ()
    assert panel.marks[0].in_lane
    assert panel.frame.height < WIDE.height / 3
    assert (panel.room.left, panel.lane and panel.lane.left) == (10, 10)
    assert [tick.words for tick in panel.columns] == ["Jan 2025", "Feb"]


@FRAMES
def test_the_first_day_of_an_axis_names_its_year(library: Library, frame: Frame) -> None:
    for panel in panels(library, frame):
        if panel.columns:
            assert re.search(r"\d{4}$", panel.columns[0].words)
