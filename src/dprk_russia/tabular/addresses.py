"""Addresses of pages in a normal form, so that two ways of writing one address are alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from dprk_russia.tabular.texts import replace_all

if TYPE_CHECKING:
    import pandas as pd

# Parameters by which sites and mailers count their visitors; the page is the same without them.
_COUNTING = re.compile(
    r"utm_\w+|[a-z]+clid|igshid|mc_[ce]id|_g[al]|mkt_tok|at_(?:medium|campaign)", re.IGNORECASE
)
_DEFAULT_PORTS = (None, 80, 443)
# Host and path, small, without what the normal form drops from them.
_PLACE = r"^https?://(?:[^/?#]*@)?(?:www\.)?([^/?#:]*)(?::[0-9]*)?([^?#]*?)/*(?:[?#].*)?$"


def normalise(address: str) -> str:
    """Return the normal form of an address: host and path without scheme, then parameters in order.

    It lacks `www.`, a default port, percent-encoding, a slash at the end, parameters that count visitors, and what leads
    to a place within the page. An address that cannot be taken apart is its own normal form.
    """
    try:
        parts = urlsplit(address)
        port = "" if parts.port in _DEFAULT_PORTS else f":{parts.port}"
    except ValueError:
        return address
    host = (parts.hostname or "").removeprefix("www.")
    parameters = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _COUNTING.fullmatch(name)
    )
    # Some sites name their pages here, as in https://ecos.bok.or.kr/#/SearchStat.
    route = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    return f"{host}{port}{unquote(parts.path).rstrip('/')}?{urlencode(parameters)}#{route}"


def find_shared(addresses: pd.Series[str]) -> pd.Series[str]:
    """Return the normal forms of those addresses that have one in common with another."""
    # Most addresses differ from all others in host and path, and need not be taken apart.
    places = replace_all(addresses.map(unquote).str.lower(), _PLACE, r"\1\2")
    normal = addresses[places.duplicated(keep=False)].map(normalise)
    return normal[normal.duplicated(keep=False)]
