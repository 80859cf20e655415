"""Addresses of pages in a normal form, so that two ways of writing one address are alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_plus

from dprk_russia.tabular.texts import find_matches, remove_matches

if TYPE_CHECKING:
    import pandas as pd

# Host, path, parameters, and what follows a number sign where it names a page, as in https://ecos.bok.or.kr/#/SearchStat.
_ADDRESS = re.compile(
    r"(?i:https?)://(?:[^/?#]*@)?(?i:www\.)?([^/?#]*?)(?::(?:80|443)?)?(/[^?#]*)?(?:\?([^#]*))?(?:#([/!].*)?.*)?"
)
# Parameters by which sites and mailers count their visitors; the page is the same without them.
_COUNTING = re.compile(
    r"(?:utm_\w+|[a-z]*clid|igshid|mc_[ce]id|_g[al]|mkt_tok|at_(?:medium|campaign))(?:=|$)|$", re.IGNORECASE
)
# What stands around host and path, and addresses of which more than that differs from the normal form.
_SURROUNDINGS = r"(?i)^https?://(?:www\.)?|/*(?:[?#].*)?$"
_UNUSUAL = r"[%@]|//.*:|[^\x00-\x7f]|//[^/?#]*[A-Z]"


def normalise(address: str) -> str:
    """Return the normal form of an address: host and path without scheme, then parameters in order.

    It lacks `www.`, a default port, percent-encoding, a slash at the end, parameters that count visitors, and what leads
    to a place within the page. What is no web address is its own normal form.
    """
    parts = _ADDRESS.fullmatch(address)
    if not parts:
        return address
    host, path, query, route = parts.groups(default="")
    given = map(unquote_plus, query.split("&")) if query else ()
    parameters = sorted(parameter for parameter in given if not _COUNTING.match(parameter))
    return f"{host.lower()}{unquote(path).rstrip('/')}?{'&'.join(parameters)}#{route}"


def find_shared(addresses: pd.Series[str]) -> pd.Series[str]:
    """Return the normal forms of those addresses that have one in common with another; a missing one has none."""
    # Few have host and path in common, so that few need be written in the normal form.
    outlines = _outline(addresses)
    shared = outlines.index[outlines.duplicated(keep=False) & outlines.notna()]
    normal = addresses[addresses.index.isin(shared)].map(normalise)
    return normal[normal.duplicated(keep=False)]


def _outline(addresses: pd.Series[str]) -> pd.Series[str]:
    """Return host and path of each address, in any order; addresses of one normal form share them."""
    import pandas as pd

    unusual = find_matches(addresses, _UNUSUAL)
    usual = pd.concat([addresses[~unusual], addresses[unusual].map(normalise)])
    return remove_matches(usual, _SURROUNDINGS)
