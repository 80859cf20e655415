"""croissant.json: a release in Croissant 1.0, from which loaders of machine learning read every table and derived frame.

Records come from the Parquet files, whose types are exact; the Data Package is listed beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dprk_russia.record import citation
from dprk_russia.release.metadata.description import MEDIA_TYPES, write_json
from dprk_russia.release.metadata.schema_org import describe_dataset, describe_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dprk_russia.contract.schema import Field, Table
    from dprk_russia.release.metadata.description import Description, Distribution

VERSION = "http://mlcommons.org/croissant/1.0"
_TERMS = (
    "citeAs", "column", "conformsTo", "cr", "rai", "data", "dataType", "dct", "equivalentProperty",
    "examples", "extract", "field", "fileProperty", "fileObject", "fileSet", "format", "includes",
    "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex",
    "repeated", "replace", "samplingRate", "sc", "separator", "source", "subField", "transform",
)  # fmt: skip
# The context that the specification gives.
CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    **{term: f"cr:{term}" for term in _TERMS},
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "sc": "https://schema.org/",
}
TYPES = {
    "boolean": "sc:Boolean",
    "day": "sc:Date",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "url": "sc:URL",
}
# Croissant knows Parquet by the name it had before it was registered.
PARQUET = "application/x-parquet"


def write(description: Description, release: Path) -> None:
    """Write the Croissant metadata of an edition."""
    contents = description.edition.list_contents()
    dataset = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": VERSION,
        **describe_dataset(description),
        "citeAs": citation.render_bibtex([citation.describe_dataset(description.package)]),
        "distribution": [_describe_file(file) for file in description.distributions],
        "recordSet": [record_set for table, _ in contents for record_set in _describe_table(table)],
    }
    write_json(release / "croissant.json", dataset)


def _describe_file(distribution: Distribution) -> dict[str, str]:
    file = {"@type": "cr:FileObject", "@id": distribution.path, **describe_file(distribution)}
    is_parquet = distribution.media_type == MEDIA_TYPES[".parquet"]
    return file | {"encodingFormat": PARQUET} if is_parquet else file


def _describe_table(table: Table) -> Iterator[dict[str, Any]]:
    """Yield the records of a table, and before them the closed lists its fields refer to."""
    # Not the field of the other table is named but its column: a loader gives out the records of a table once, and
    # could not join them to another table afterwards.
    references = {key.column: _locate(key.table, key.reference) for key in table.foreign_keys}
    for field in table.fields:
        if field.categories:
            codes = _describe_codes(table, field)
            references[field.name] = {"field": codes["key"]}
            yield codes
    yield {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.title,
        "description": table.description,
        "key": [{"@id": f"{table.name}/{column}"} for column in table.primary_key],
        "field": [_describe_field(table, field, references.get(field.name)) for field in table.fields],
    }


def _describe_field(table: Table, field: Field, reference: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{field.name}",
        "name": field.title,
        "description": field.description,
        "dataType": TYPES.get(field.form, "sc:Text"),
        "source": _locate(table.name, field.name),
        "references": reference,
    }


def _locate(table: str, column: str) -> dict[str, Any]:
    return {"fileObject": {"@id": f"parquet/{table}.parquet"}, "extract": {"column": column}}


def _describe_codes(table: Table, field: Field) -> dict[str, Any]:
    name = f"{table.name}/{field.name}/codes"
    code, label = f"{name}/code", f"{name}/label"
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": f"{table.title}: {field.title}",
        "description": field.description,
        "dataType": "sc:Enumeration",
        "key": {"@id": code},
        "field": [
            {"@type": "cr:Field", "@id": code, "name": "code", "dataType": TYPES.get(field.form, "sc:Text")},
            {"@type": "cr:Field", "@id": label, "name": "label", "dataType": "sc:Text"},
        ],
        "data": [{code: category.value, label: category.label} for category in field.categories],
    }
