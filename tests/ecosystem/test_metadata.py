"""The descriptions of a release, as the validators and readers of each ecosystem see them, without a network."""

from __future__ import annotations

import hashlib
import html
import json
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import mlcroissant  # type: ignore[import-untyped]
import pandas as pd
import pyshacl
import pytest
import yaml  # type: ignore[import-untyped]
from datacite import schema45  # type: ignore[import-untyped]
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from rdflib import Graph, Literal, Namespace
from rdflib.namespace import DCAT, DCTERMS, RDF, SDO, SH
from ruamel.yaml import YAML

from dprk_russia import release
from dprk_russia.checks.faults import Specimen
from dprk_russia.contract.package import installed_package, read_package
from dprk_russia.record.measures import describe_frames
from dprk_russia.record.run import Record
from dprk_russia.release.edition import Edition, read_edition
from dprk_russia.release.metadata import citation_file, croissant
from dprk_russia.release.metadata.description import describe
from dprk_russia.tabular.frames import Frames
from dprk_russia.tabular.loading import read_frames

if TYPE_CHECKING:
    from collections.abc import Callable

SPDX = Namespace("http://spdx.org/rdf/terms#")
ODD = "\"' \\ \n\r\t # - ? : {a: b} [c] %YAML &x *y !z @id 한국 😀 \u2028\u202e\ufeff <b>&amp;</b> ${x} end "
ZENODO = {
    "type": "object",
    "additionalProperties": False,
    "required": ["upload_type", "title", "creators", "description", "access_right", "license"],
    "properties": {
        "upload_type": {"const": "dataset"},
        "title": {"type": "string", "minLength": 1},
        "description": {"type": "string", "minLength": 1},
        "creators": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name"],
                "properties": {"name": {"type": "string", "minLength": 1}},
            },
        },
        "access_right": {"enum": ["open", "embargoed", "restricted", "closed"]},
        "license": {"type": "string", "pattern": "^[a-z0-9.+-]+$"},
        "version": {"type": "string"},
        "publication_date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "keywords": {"type": "array", "items": {"type": "string", "minLength": 1}},
    },
}
# What nobody has decided for this data set, or what has no place in its descriptor.
UNSAID = {
    "contactPoint",
    "spatial",
    "theme",
    "availability",
    "description",
    "format",
    "type",
}


class Facts(NamedTuple):
    """What all descriptions have to say alike; a licence is told by id or address."""

    title: str
    description: str
    version: str
    date: str
    authors: list[str]
    licences: set[str]
    keywords: list[str]


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise AssertionError("Something asked the network.")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def build(folder: Path, **properties: object) -> Path:
    """Return the release of a specimen whose descriptor has other properties."""
    specimen = Specimen(folder / "package")
    specimen.save_descriptor(specimen.descriptor() | properties)
    release.build(specimen.folder, folder / "dist", lambda _: None)
    return folder / "dist"


@pytest.fixture
def plain(specimen_release: Path) -> Path:
    return specimen_release


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the release of a package in which everything is different, and strange."""
    return build(
        tmp_path_factory.mktemp("odd"),
        name="odd-name",
        title=ODD,
        description=f"About {ODD}",
        version="9.8.7",
        created="2031-02-03T00:00:00Z",
        id="https://doi.org/10.1234/Odd.5",
        homepage="https://example.org/data?a=1&b=2",
        licenses=[{"name": "ODbL-1.0", "path": "https://opendatacommons.org/licenses/odbl/1-0/"}],
        contributors=[
            {"title": ODD, "roles": ["creator"]},
            {
                "title": "A Person",
                "givenName": "A: a",
                "familyName": "Person",
                "roles": ["creator", "editor"],
            },
            {"title": "Reader", "roles": ["reviewer"]},
            {"title": "House", "roles": ["publisher"]},
        ],
        keywords=["no", "1.0", ODD, "no", " "],
    )


@pytest.fixture(params=["plain", "odd"])
def out(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


def read_json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def read_descriptor(out: Path) -> Facts:
    (archive,) = out.glob("*.zip")
    descriptor = Package(str(archive)).to_descriptor()
    return Facts(
        descriptor["title"],
        descriptor["description"],
        descriptor["version"],
        descriptor["created"][:10],
        [person["title"] for person in descriptor["contributors"] if "creator" in person["roles"]],
        {licence[key] for licence in descriptor["licenses"] for key in ("name", "path")},
        [word for word in dict.fromkeys(descriptor["keywords"]) if word.strip()],
    )


def read_citation_file(out: Path) -> Facts:
    content = yaml.safe_load((out / "CITATION.cff").read_text(encoding="utf-8"))
    return Facts(
        content["title"],
        content["abstract"],
        content["version"],
        content["date-released"],
        [
            author.get("name") or f"{author['family-names']}, {author['given-names']}"
            for author in content["authors"]
        ],
        set(content["license"]),
        content["keywords"],
    )


def read_zenodo(out: Path) -> Facts:
    content = read_json(out / ".zenodo.json")
    return Facts(
        content["title"],
        html.unescape(content["description"]),
        content["version"],
        content["publication_date"],
        [creator["name"] for creator in content["creators"]],
        {content["license"]},
        content["keywords"],
    )


def read_datacite(out: Path) -> Facts:
    content = read_json(out / "datacite.json")
    (issued,) = (day["date"] for day in content["dates"] if day["dateType"] == "Issued")
    assert issued.startswith(content["publicationYear"])
    return Facts(
        content["titles"][0]["title"],
        content["descriptions"][0]["description"],
        content["version"],
        issued,
        [creator["name"] for creator in content["creators"]],
        {rights[key] for rights in content["rightsList"] for key in ("rightsIdentifier", "rightsUri")},
        [subject["subject"] for subject in content["subjects"]],
    )


def read_schema_org(out: Path, name: str = "dataset.jsonld") -> Facts:
    content = read_json(out / name)
    return Facts(
        content["name"],
        content["description"],
        content["version"],
        content["datePublished"],
        [creator["name"] for creator in content["creator"]],
        set(content["license"]),
        content["keywords"],
    )


def read_croissant(out: Path) -> Facts:
    return read_schema_org(out, "croissant.json")


def read_dcat(out: Path) -> Facts:
    content = read_json(out / "dcat.jsonld")
    return Facts(
        content["dct:title"],
        content["dct:description"],
        content["dcat:version"],
        content["dct:issued"]["@value"],
        [creator["foaf:name"] for creator in content["dct:creator"]],
        {licence[key] for licence in content["dct:license"] for key in ("@id", "dct:identifier")},
        content["dcat:keyword"],
    )


READERS = [read_citation_file, read_croissant, read_datacite, read_dcat, read_schema_org, read_zenodo]


def _as_told(facts: Facts) -> Facts:
    """Return facts without what forms tell in ways of their own: the order of names, capitals of licences."""
    authors = [" ".join(reversed(name.split(", "))).replace("A: a", "A") for name in facts.authors]
    return facts._replace(authors=authors, licences={licence.lower() for licence in facts.licences})


@pytest.mark.parametrize("read", READERS)
def test_every_description_says_what_the_descriptor_says(out: Path, read: Callable[[Path], Facts]) -> None:
    told, expected = _as_told(read(out)), _as_told(read_descriptor(out))
    assert told.licences <= expected.licences
    assert told._replace(licences=set()) == expected._replace(licences=set())


@pytest.mark.parametrize("read", READERS)
def test_another_edition_changes_every_fact_in_every_description(
    plain: Path, odd: Path, read: Callable[[Path], Facts]
) -> None:
    assert all(one != other for one, other in zip(read(plain), read(odd), strict=True))


def test_croissant_is_valid_without_warnings(out: Path, caplog: pytest.LogCaptureFixture) -> None:
    dataset = mlcroissant.Dataset(jsonld=out / "croissant.json")
    assert not dataset.metadata.ctx.issues.errors
    assert not dataset.metadata.ctx.issues.warnings
    assert not [record for record in caplog.records if record.levelname != "INFO"]


def test_croissant_says_in_which_language_it_is(specimen: Specimen, tmp_path: Path) -> None:
    edition = read_edition(specimen.folder)
    croissant.write(describe(edition, tmp_path), tmp_path)
    graph = Graph().parse(tmp_path / "croissant.json", format="json-ld")
    (dataset,) = graph.subjects(RDF.type, SDO.Dataset)
    assert graph.value(dataset, SDO.name) == Literal(edition.package.title, lang="en")


def test_croissant_gives_the_records_of_every_table_and_derived_frame(echoing_release: Path) -> None:
    dataset = mlcroissant.Dataset(jsonld=echoing_release / "croissant.json")
    for table, frame in read_edition(echoing_release.parent / "package").list_contents():
        name = table.name
        assert not frame.empty
        expected = frame[list(table.columns)].astype(object)
        for field in table.fields:
            if field.form == "day":
                expected[field.name] = pd.to_datetime(expected[field.name])
        records = [
            {key.removeprefix(f"{name}/"): _plain(value) for key, value in record.items()}
            for record in dataset.records(name)
        ]
        assert records == [
            {key: None if pd.isna(value) else value for key, value in row.items()}
            for row in expected.to_dict("records")
        ]


def _plain(value: object) -> object:
    return value.decode() if isinstance(value, bytes) else value


def test_croissant_gives_each_column_the_type_of_its_cells() -> None:
    package = installed_package()
    types = {"boolean": "Boolean", "day": "Date", "integer": "Integer", "number": "Float", "url": "URL"}
    forms = set()
    for table in (*package.tables, *describe_frames(package)):
        *_, records = croissant._describe_table(table)
        forms |= {field.form for field in table.fields}
        assert [field["dataType"] for field in records["field"]] == [
            f"sc:{types.get(field.form, 'Text')}" for field in table.fields
        ]
    assert forms >= types.keys()


def test_croissant_has_the_keys_references_and_codes_of_the_contract(plain: Path) -> None:
    package = read_package(plain.parent / "package")
    metadata = mlcroissant.Dataset(jsonld=plain / "croissant.json").metadata
    record_sets = {record_set.uuid: record_set for record_set in metadata.record_sets}
    for table in (*package.tables, *describe_frames(package)):
        records = record_sets.pop(table.name)
        assert (records.key or []) == [f"{table.name}/{column}" for column in table.primary_key]
        assert [field.description for field in records.fields] == [f.description for f in table.fields]
        fields = {field.uuid.removeprefix(f"{table.name}/"): field for field in records.fields}
        for key in table.foreign_keys:
            target = fields[key.column].references
            assert (target.file_object, target.extract.column) == (
                f"parquet/{key.table}.parquet",
                key.reference,
            )
        for field in table.fields:
            if field.categories:
                codes = record_sets.pop(f"{table.name}/{field.name}/codes")
                assert codes.data_types == [SDO.Enumeration]
                assert [list(row.values()) for row in codes.data] == [
                    [category.value, category.label] for category in field.categories
                ]
                assert [fields[field.name].references.field] == codes.key
    assert not record_sets


def test_the_citation_file_is_valid(out: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    outcome = subprocess.run([*command, out / "CITATION.cff"], capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout


# What the descriptor has no text of is left out of a description.
TEXTS = st.text().filter(str.strip)
NO_PERIODS = {"claims": pd.DataFrame({"period_start_from": pd.Series(dtype="datetime64[us]")})}


@given(title=TEXTS, description=TEXTS, given_name=TEXTS, family_name=TEXTS, keyword=TEXTS)
def test_any_text_comes_back_from_the_citation_file(
    title: str, description: str, given_name: str, family_name: str, keyword: str
) -> None:
    creator = {"givenName": given_name, "familyName": family_name, "roles": ["creator"]}
    package = installed_package()
    descriptor = {**package.descriptor, "contributors": [creator], "keywords": [keyword]}
    package = replace(package, title=title, description=description, descriptor=descriptor)
    edition = Edition(package, NO_PERIODS, {}, Record(Frames(), package))
    with TemporaryDirectory() as folder:
        citation_file.write(describe(edition, Path(folder)), Path(folder))
        text = (Path(folder) / "CITATION.cff").read_text(encoding="utf-8")
    for content in (yaml.safe_load(text), YAML(typ="safe").load(text)):
        assert content["title"] == title
        assert content["abstract"] == description
        assert content["keywords"] == [keyword]
        assert content["authors"] == [{"family-names": family_name, "given-names": given_name}]


def test_the_datacite_metadata_is_valid(out: Path) -> None:
    assert list(schema45.validator.iter_errors(read_json(out / "datacite.json"))) == []


def test_a_doi_stands_only_where_the_descriptor_has_one(plain: Path, odd: Path) -> None:
    for name in (
        "CITATION.cff",
        ".zenodo.json",
        "croissant.json",
        "dataset.jsonld",
        "datacite.json",
        "dcat.jsonld",
    ):
        assert "doi" not in (plain / name).read_text(encoding="utf-8").lower()
    assert read_json(odd / "datacite.json")["doi"] == "10.1234/Odd.5"
    assert yaml.safe_load((odd / "CITATION.cff").read_text(encoding="utf-8"))["doi"] == "10.1234/Odd.5"
    assert read_json(odd / "dataset.jsonld")["identifier"] == "https://doi.org/10.1234/Odd.5"
    assert "10.1234/Odd.5" in read_json(odd / "croissant.json")["citeAs"]
    # Nothing registers it but people.
    assert "event" not in read_json(odd / "datacite.json")


def test_the_zenodo_metadata_has_the_keys_of_a_deposit(out: Path) -> None:
    content = read_json(out / ".zenodo.json")
    assert list(Draft7Validator(ZENODO).iter_errors(content)) == []
    assert "<b>" not in content["description"]


def check_shapes(graph: Graph) -> dict[str, set[str]]:
    """Return the properties that DCAT-AP finds fault with, by severity."""
    shapes = Graph().parse(Path(__file__).parent / "dcat-ap.ttl")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    faults: dict[str, set[str]] = {"Violation": set(), "Warning": set()}
    for result in report.subjects(RDF.type, SH.ValidationResult):
        severity, path = (str(report.value(result, key)) for key in (SH.resultSeverity, SH.resultPath))
        faults[severity.rpartition("#")[2]].add(path.replace("#", "/").rpartition("/")[2])
    return faults


def test_dcat_has_what_its_application_profile_demands(out: Path) -> None:
    assert check_shapes(Graph().parse(out / "dcat.jsonld")) == {"Violation": set(), "Warning": UNSAID}


def test_the_shapes_notice_what_is_missing(plain: Path) -> None:
    graph = Graph().parse(plain / "dcat.jsonld")
    graph.remove((None, DCTERMS.title, None))
    graph.remove((None, DCAT.accessURL, None))
    graph.remove((None, DCAT.keyword, None))
    faults = check_shapes(graph)
    assert faults == {"Violation": {"title", "accessURL"}, "Warning": UNSAID | {"keyword"}}


def test_search_engines_find_every_property_they_ask_for(out: Path) -> None:
    graph = Graph().parse(out / "dataset.jsonld")
    (dataset,) = graph.subjects(RDF.type, SDO.Dataset)
    asked = [
        SDO.name, SDO.description, SDO.identifier, SDO.version, SDO.license, SDO.creator, SDO.publisher, SDO.keywords,
        SDO.datePublished, SDO.temporalCoverage, SDO.variableMeasured, SDO.distribution, SDO.isAccessibleForFree,
    ]  # fmt: skip
    assert [name for name in asked if graph.value(dataset, name) is None] == []
    assert 50 <= len(str(graph.value(dataset, SDO.description))) <= 5000
    assert {name for name in map(str, graph.predicates()) if not name.startswith(str(SDO))} == {str(RDF.type)}


def test_indicators_are_the_variables_measured(plain: Path) -> None:
    package = read_package(plain.parent / "package")
    indicators = read_frames(package)["indicators"]
    variables = read_json(plain / "dataset.jsonld")["variableMeasured"]
    assert [variable["name"] for variable in variables] == indicators["name"].tolist()


@pytest.mark.usefixtures("left_out")
@pytest.mark.slow
def test_the_coverage_runs_from_the_first_to_the_last_day_of_any_period(tmp_path: Path) -> None:
    specimen = Specimen(tmp_path / "package")
    specimen.set("claims", "C00003", period_start="1961", period_end="2026-10")
    release.build(specimen.folder, tmp_path / "dist", lambda _: None)
    assert read_json(tmp_path / "dist" / "dataset.jsonld")["temporalCoverage"] == "1961-01-01/2026-10-31"
    (period,) = Graph().parse(tmp_path / "dist" / "dcat.jsonld").subjects(RDF.type, DCTERMS.PeriodOfTime)
    assert period


def test_each_description_lists_all_files_of_data_with_size_and_sum(plain: Path) -> None:
    documents = {".bib", ".cff", ".csv", ".html", ".json", ".jsonld", ".md", ""}
    files = {
        path.relative_to(plain).as_posix(): (
            path.stat().st_size,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in plain.rglob("*")
        if path.is_file() and path.suffix not in documents
    }
    for name in ("croissant.json", "dataset.jsonld"):
        listed = read_json(plain / name)["distribution"]
        assert {
            file["contentUrl"]: (int(file["contentSize"].removesuffix(" B")), file["sha256"])
            for file in listed
        } == files
    graph = Graph().parse(plain / "dcat.jsonld", publicID="https://example.org/")
    assert {
        str(graph.value(node, DCAT.downloadURL)).removeprefix("https://example.org/"): (
            int(str(graph.value(node, DCAT.byteSize))),
            str(graph.value(graph.value(node, SPDX.checksum), SPDX.checksumValue)).lower(),
        )
        for node in graph.objects(None, DCAT.distribution)
    } == files


@pytest.mark.usefixtures("left_out")
@pytest.mark.slow
def test_a_package_that_names_nobody_goes_by_its_own_name(tmp_path: Path) -> None:
    out = build(tmp_path, contributors=[{"title": "Reader", "roles": ["reviewer"]}, {"roles": "creator"}])
    assert {tuple(read(out).authors) for read in READERS} == {("dprk-russia",)}
    (database,) = out.glob("*.sqlite")
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT creators FROM _package").fetchall() == [("dprk-russia",)]
    test_the_citation_file_is_valid(out)
    test_the_datacite_metadata_is_valid(out)


@pytest.mark.usefixtures("left_out")
@pytest.mark.slow
def test_what_is_no_web_address_is_never_linked(tmp_path: Path) -> None:
    script = "javascript:alert(1)"
    licence = {"name": "CC-BY-4.0", "title": "Creative Commons", "path": script}
    out = build(tmp_path, homepage=script, id=script, licenses=[licence])
    for path in out.iterdir():
        assert path.suffix not in {".json", ".jsonld", ".cff"} or script not in path.read_text(
            encoding="utf-8"
        )
    test_the_datacite_metadata_is_valid(out)
    test_dcat_has_what_its_application_profile_demands(out)
