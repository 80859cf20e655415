"""`python -m dprk_russia` is the command `dprk-russia`."""

from dprk_russia.cli.command import main

main()
