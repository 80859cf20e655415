"""The command `dprk-russia rules`."""

from __future__ import annotations

import click


@click.command()
@click.argument("rule", required=False)
def rules(rule: str | None) -> None:
    """List every rule, or explain RULE with an example of a breach.

    Example: dprk-russia rules enum
    """
    from dprk_russia.checks.explanation import explain_rule, list_rules
    from dprk_russia.contract.errors import NotFoundError

    try:
        click.echo(list_rules() if rule is None else explain_rule(rule))
    except NotFoundError as error:
        raise click.BadParameter(str(error), param_hint="RULE") from None
