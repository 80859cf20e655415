"""The command `dprk-russia site`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dprk_russia.cli.reporting import FINDINGS, REPOSITORY, make_setting


@click.command()
@click.argument("package", required=False)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="site",
    show_default=True,
    help="The folder of the site; an earlier site there is replaced at the end.",
)
@click.option(
    "--base-url", default="", help="The address the site will have: adds canonical addresses and a site map."
)
@click.option(
    "--images",
    is_flag=True,
    help="Draw pictures of contested questions and topics for whoever links to them; needs the extra charts.",
)
@click.option(
    "--unlisted",
    is_flag=True,
    help="Ask search engines to leave the pages out: for a copy of what stands at --base-url.",
)
@REPOSITORY
@click.option(
    "--serve", is_flag=True, help="Show the site on this machine when it is written, until stopped."
)
def site(
    package: str | None,
    out: Path,
    base_url: str,
    repository: str,
    *,
    images: bool,
    unlisted: bool,
    serve: bool,
) -> None:
    """Write PACKAGE as pages to look at: every question, claim, source and speaker.

    PACKAGE is a folder with a datapackage.json, a zip file of one, or a git revision; the installed data if none is given.
    The pages need neither a server nor a network: open index.html.

    Example: dprk-russia site --out site
    """
    from dprk_russia.checks.reports import render_text
    from dprk_russia.contract.findings import PACKAGE_RULES
    from dprk_russia.contract.package import installed_package
    from dprk_russia.release import RefusedError
    from dprk_russia.site.building import Options, make_site

    place = package or str(installed_package().folder)
    try:
        pages = make_site(place, out, Options(base_url, images, unlisted, repository))
    except RefusedError as refused:
        click.echo(render_text(refused.report, make_setting(Path(place), PACKAGE_RULES)))
        click.echo(f"No site was written; {out} is as it was.", err=True)
        sys.exit(FINDINGS)
    click.echo(f"Wrote {pages:,} pages; open {out / 'index.html'}")
    if serve:
        _serve(out)


def _serve(folder: Path) -> None:
    """Serve a folder to this machine alone."""
    from functools import partial
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=folder)) as server:
        click.echo(f"http://127.0.0.1:{server.server_port}/ shows it; Ctrl-C ends that.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo()
