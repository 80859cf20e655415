"""A small document in each form: every kind of block, word by word, and nothing that can leave its place."""

from __future__ import annotations

import pytest

from dprk_russia.documents import Code, Facts, Grid, Heading, Item, Link, Listing, Outline, Paragraph, Row
from dprk_russia.documents.html import render_html
from dprk_russia.documents.markdown import render_markdown
from dprk_russia.documents.terminal import render_terminal
from dprk_russia.documents.text import count_noun, make_printable, replace_unprintable

GRID = Grid(
    heads=("column", "rows"),
    rows=(
        Row((("claims ", Code("claim_id")), ("9",)), anchor="claims"),
        Row(((Link("actors", "the-actors"),), ())),
    ),
    numeric=("rows",),
    caption="Tables",
)
DOCUMENT = (
    Heading(1, "Codebook", "top"),
    Paragraph(("Of ", Link("claims", "claims"), " and ", Code("a|b"), ".")),
    Heading(2, "Tables & rows", "tables"),
    Facts((("Version", ("1.0.0",)),)),
    GRID,
    Heading(3, "More", "more"),
    Heading(2, "Queries", "queries"),
    Listing("sql", "SELECT *\nFROM claims"),
)
OUTLINE = Outline((Item(("a ", Code("b")), (Item(("c",), (Item(("<d>",)),)), Item(("e",)))), Item(("f",))))


def test_markdown_writes_each_block_and_an_empty_line() -> None:
    assert render_markdown(DOCUMENT).splitlines() == [
        '# <a id="top"></a>Codebook',
        "",
        "Of [claims](#claims) and `a`&#124;`b`.",
        "",
        '## <a id="tables"></a>Tables &amp; rows',
        "",
        "- Version: 1.0.0",
        "",
        "Tables:",
        "",
        "| column | rows |",
        "|---|---:|",
        '| <a id="claims"></a>claims `claim_id` | 9 |',
        "| [actors](#the-actors) |  |",
        "",
        '### <a id="more"></a>More',
        "",
        '## <a id="queries"></a>Queries',
        "",
        "```sql",
        "SELECT *",
        "FROM claims",
        "```",
    ]


def test_a_page_writes_each_block() -> None:
    page = render_html(DOCUMENT)
    assert "<title>Codebook</title>" in page
    main = page[page.index("<main>") :].splitlines()
    assert main[1:] == [
        '<h1 id="top"><a href="#top">Codebook</a></h1>',
        '<p>Of <a href="#claims">claims</a> and <code>a|b</code>.</p>',
        '<h2 id="tables"><a href="#tables">Tables &amp; rows</a></h2>',
        "<dl>",
        "<div><dt>Version</dt><dd>1.0.0</dd></div>",
        "</dl>",
        "<table>",
        "<caption>Tables</caption>",
        '<thead><tr><th scope="col">column</th><th scope="col" class="number">rows</th></tr></thead>',
        "<tbody>",
        (
            '<tr id="claims"><th scope="row">claims <code>claim_id</code></th>'
            '<td class="number" data-head="rows">9</td></tr>'
        ),
        '<tr><th scope="row"><a href="#the-actors">actors</a></th><td></td></tr>',
        "</tbody>",
        "</table>",
        '<h3 id="more"><a href="#more">More</a></h3>',
        '<h2 id="queries"><a href="#queries">Queries</a></h2>',
        "<pre><code>SELECT *\nFROM claims</code></pre>".splitlines()[0],
        "FROM claims</code></pre>",
        "</main>",
        "</body>",
        "</html>",
    ]


def test_the_contents_of_a_page_nest_as_its_headings_do() -> None:
    page = render_html(DOCUMENT)
    contents = page[page.index("<nav") : page.index("</nav>")].splitlines()
    assert next(line for line in contents if "<li>" in line) == (
        '<li><a href="#tables">Tables &amp; rows</a>'
    )
    text = "".join(contents)
    assert text.count("<ul>") == text.count("</ul>")
    assert text.count("<li>") == text.count("</li>")
    assert "top" not in text


def test_a_grid_without_a_caption_has_none() -> None:
    grid = Grid(heads=("a",), rows=(Row((("b",),)),))
    assert render_markdown((grid,)).splitlines() == ["| a |", "|---|", "| b |"]
    assert "<caption>" not in render_html((Heading(1, "T", "t"), grid))


def test_an_outline_nests_in_every_form() -> None:
    assert render_terminal((OUTLINE,), 80).splitlines() == ["- a b", "  - c", "    - <d>", "  - e", "- f"]
    assert render_markdown((OUTLINE,)).splitlines() == [
        "- a `b`", "  - c", "    - &lt;d&gt;", "  - e", "- f",
    ]  # fmt: skip
    page = "".join(render_html((Heading(1, "T", "t"), OUTLINE)).splitlines())
    assert (
        "<ul><li>a <code>b</code><ul><li>c<ul><li>&lt;d&gt;</li></ul></li><li>e</li></ul></li><li>f</li></ul>"
    ) in page


def test_the_lines_of_an_outline_break_below_their_beginning() -> None:
    outline = Outline((Item(("one two three",), (Item(("four five six seven",)),)),))
    assert render_terminal((outline,), 16).splitlines() == [
        "- one two three", "  - four five", "    six seven",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a_b", "a_b"),
        ("_a_", r"\_a\_"),
        ("*a* `b` [c] #d ~e~ \\", r"\*a\* \`b\` \[c\] \#d \~e\~ \\"),
        ("<a> & | b", "&lt;a&gt; &amp; &#124; b"),
        ("a\n b\t c", "a b c"),
    ],
)
def test_text_stays_text_in_markdown(text: str, written: str) -> None:
    assert render_markdown((Paragraph((text,)),)) == f"{written}\n"


@pytest.mark.parametrize(
    ("text", "written"), [("", ""), ("a`b", "`a`&#96;`b`"), ("a|b", "`a`&#124;`b`"), ("a_b", "`a_b`")]
)
def test_code_stands_between_backticks_where_it_can(text: str, written: str) -> None:
    assert render_markdown((Paragraph((Code(text),)),)) == f"{written}\n"


def test_characters_that_cannot_be_seen_are_shown_by_escapes_or_a_sign() -> None:
    assert make_printable("a\x1b\u202eж") == "a\\x1b\\u202eж"
    assert replace_unprintable("a\x1b b\n\n c") == "a\ufffd b c"


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (1200, "1,200 rows")]
)
def test_one_is_singular(count: int, told: str) -> None:
    assert count_noun(count, "row") == told
