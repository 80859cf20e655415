"""Ten questions of a journalist: what one clicks and types from the first page on, and what then stands where."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Browser(Protocol):
    """What drives a browser. Elements are named by XPath; only those that are seen count. A click waits for where it leads."""

    def click(self, path: str) -> None: ...
    def type(self, path: str, words: str) -> None: ...
    def read(self, path: str) -> str: ...


class Journey(NamedTuple):
    """A question, steps from the first page, the page they lead to, and the words of the answer by the id where they stand."""

    question: str
    steps: tuple[tuple[str, str], ...]
    address: str
    answer: dict[str, str]


TEN = (
    Journey(
        "How many North Korean soldiers were killed, and who has not said?",
        (("ask", "kpa-killed"),),
        "indicator/kpa-killed.html",
        {"M00063": "about 2,000 people", "summary": "no figure from North Korea"},
    ),
    Journey(
        "Who first said that troops were sent?",
        (("ask", "kpa-sent"), ("go back to", "18 October 2024")),
        "indicator/kpa-sent.html#by=2024-10-18",
        {"summary": "1 figure · 1 speaker", "M00007": "National Intelligence Service"},
    ),
    Journey(
        "What was known of casualties on 20 December 2024?",
        (
            ("ask", "kpa-casualties"),
            ("go back to", "20 December 2024"),
        ),
        "indicator/kpa-casualties.html#by=2024-12-20",
        {"answer": "several hundred DPRK forces", "summary": "no figure from North Korea, Russia"},
    ),
    Journey(
        "Which pages turned casualties into deaths?",
        (
            ("click", "Changed by carriers"),
            ("see", "What is counted differs: casualties became deaths"),
            ("click", "definition changed"),
            ("type", "killed wounded"),
        ),
        "distortions/definition-changed.html",
        {"changes": "The headline makes the casualties dead"},
    ),
    Journey(
        "Who denies deliveries of arms?",
        (("click", "Topics"), ("click", "Arms"), ("click", "What is denied")),
        "topic/arms.html#denials",
        {"denials": "North Korea never sold Russia arms or ammunition and has no plan to do so."},
    ),
    Journey(
        "How much oil beyond the cap reached North Korea?",
        (
            ("click", "Topics"),
            ("click", "Oil"),
            ("see", "500,000 barrels per year"),
            ("ask", "oil-delivered"),
        ),
        "indicator/oil-delivered.html",
        {"E00363": "at least 1.5 million barrels", "E00013": "at least 1 million barrels"},
    ),
    Journey(
        "What did Russia give in return?",
        (
            ("click", "Topics"),
            ("see", "What Russia gives in money, food, goods and assets"),
            ("click", "Returns"),
            ("ask", "returns-value"),
        ),
        "indicator/returns-value.html",
        {"E00023": "up to USD 1.2 billion", "summary": "no figure from North Korea, Russia"},
    ),
    Journey(
        "How many shells, according to whom?",
        (("ask", "shells-delivered"),),
        "indicator/shells-delivered.html",
        {"M00145": "National Intelligence Service", "M00148": "Main Directorate of Intelligence of Ukraine"},
    ),
    Journey(
        "When did Moscow and Pyongyang first confirm the deployment?",
        (("click", "Topics"), ("click", "Deployment"), ("click", "What was admitted")),
        "topic/deployment.html#admissions",
        {
            "admissions": "26 April 2025 General Staff of the Armed Forces of Russia: North Korean soldiers took part",
            "main": "27 April 2025 Central Military Commission of the Workers' Party of Korea: Kim Jong Un decided",
        },
    ),
    Journey(
        "How many North Koreans work in Russia, and where?",
        (
            ("ask", "workers-present"),
            ("see", "порядка 15 тысяч северокорейских рабочих"),
            ("click", "Search"),
            ("type", "workers alabuga"),
            ("click", "Russia plans to bring in about 12,000 North Korean workers by the end of 2025 to assemble attack drones in the Alabuga zone."),
        ),
        "claim/C01018.html",
        {"main": "Place Alabuga special economic zone"},
    ),
)  # fmt: skip


def travel(journey: Journey, browser: Browser) -> dict[str, str]:
    """Go from the first page, which is open, to the answer; return what stands where it should, and raise if a step cannot be made."""
    for step, words in journey.steps:
        match step:
            case "click":
                browser.click(name(words))
            case "ask":
                # By whatever words the question has.
                browser.click(
                    f"//main//a[contains(@href, 'indicator/{words}.html') and not(contains(@href, '#'))]"
                )
            case "type":
                browser.type("//main//input[@type='search']", words)
            case "see":
                browser.read(f'//main//*[contains(normalize-space(), "{words}")]')
            case "go back to":
                left = ""
                while (day := browser.read("//*[@id='asked']")) not in {words, left}:
                    left = day
                    browser.click(name("Earlier"))
    return {place: browser.read(f"//*[@id='{place}']") for place in journey.answer}


def name(words: str) -> str:
    """Return the path of what is clicked, by its words."""
    return f'//*[self::a or self::button][normalize-space()="{words}"]'
