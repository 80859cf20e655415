"""Addresses in a normal form."""

from __future__ import annotations

import pandas as pd
import pytest

from dprk_russia.tabular.addresses import find_shared, normalise
from dprk_russia.tabular.frames import text_type

PAGE = "https://bureau.example/a%20b/news?id=1&x="


@pytest.mark.parametrize(
    "address",
    [
        "http://bureau.example/a%20b/news?id=1&x=",
        "https://WWW.Bureau.Example/a%20b/news?id=1&x=",
        "https://bureau.example:443/a%20b/news?id=1&x=",
        "http://bureau.example:80/a%20b/news/?id=1&x=",
        "https://bureau.example/a%20b/news//?id=1&x=#comments",
        "https://bureau.example/%61%20b/news?x=&id=%31",
        "https://reader@bureau.example/a b/news?id=1&x=",
        "https://bureau.example/a%20b/news?utm_source=x&id=1&x=&UTM_Medium=y&fbclid=1&gclid=2&_ga=3&mc_cid=4&_gl=5",
        "https://bureau.example/a%20b/news?id=1&yclid=&x=&igshid=2&mkt_tok=3&at_medium=4&at_campaign=5&mc_eid=6",
    ],
)
def test_ways_to_write_one_address_have_one_normal_form(address: str) -> None:
    assert normalise(address) == normalise(PAGE)
    addresses = pd.Series([PAGE, address, "https://other.example/"], dtype=text_type())
    assert find_shared(addresses).to_dict() == {0: normalise(PAGE), 1: normalise(PAGE)}


@pytest.mark.parametrize(
    "address",
    [
        "http://bureau.example/news?id=1",
        "https://www.Bureau.example/news/?id=1",
        "https://bureau.example/news//?id=1&utm_source=x#top",
        "https://bureau.example:443/news?id=1",
        "https://reader@bureau.example/news?id=1",
        "https://bureau.example/%6Eews?id=1",
    ],
)
def test_ways_to_write_one_address_are_shared_wherever_they_stand(address: str) -> None:
    page = "https://bureau.example/news?id=1"
    others = [
        "https://bureau.example/news?id=2",
        "https://bureau.example/news/id=1",
        "https://bureau.example/%6Eew",
    ]
    addresses = pd.Series([address, *others, page], index=[9, 8, 7, 6, 5], dtype=text_type())
    assert find_shared(addresses).to_dict() == dict.fromkeys([5, 9], normalise(page))
    assert find_shared(addresses[::-1]).index.tolist() == [5, 9]


def test_addresses_are_shared_in_whichever_letters_their_host_is_written() -> None:
    addresses = pd.Series(["https://İl.example/a", "https://İl.example/%61"], dtype=text_type())
    assert find_shared(addresses).index.tolist() == [0, 1]


def test_missing_addresses_are_not_shared() -> None:
    addresses = pd.Series(["https://bureau.example", None, None], dtype=text_type())
    assert find_shared(addresses).empty


@pytest.mark.parametrize(
    "address",
    [
        "https://m.bureau.example/a%20b/news?id=1&x=",
        "https://bureau.example:8080/a%20b/news?id=1&x=",
        "https://bureau.example/A%20b/news?id=1&x=",
        "https://bureau.example/a%2520b/news?id=1&x=",
        "https://bureau.example/a%20b/news?id=2&x=",
        "https://bureau.example/a%20b/news?id=1",
        "https://bureau.example/a%20b/news?id=1&x=&page=2",
        "https://bureau.example/a%20b/news?id=1&x=#/comments",
        "https://bureau.example/a%20b/news?id=1&x=#!comments",
        "https://bureau.example/a%20b/newsletter?id=1&x=",
    ],
)
def test_other_addresses_have_another_normal_form(address: str) -> None:
    assert normalise(address) != normalise(PAGE)
    assert find_shared(pd.Series([PAGE, address], dtype=text_type())).empty


@pytest.mark.parametrize(
    ("address", "normal"),
    [
        ("https://bureau.example", "bureau.example?#"),
        ("https://bureau.example:/?utm_id=1&&fbclid#top", "bureau.example?#"),
        ("https://bureau.example/a+b?q=c+d&sclid=1&eclidx=2", "bureau.example/a+b?eclidx=2&q=c d#"),
        ("https://data.example/#/Table", "data.example?#/Table"),
        ("http://[bureau", "[bureau?#"),
        ("ftp://bureau.example", "ftp://bureau.example"),
    ],
)
def test_a_normal_form_is_of_host_path_parameters_and_route(address: str, normal: str) -> None:
    assert normalise(address) == normal
