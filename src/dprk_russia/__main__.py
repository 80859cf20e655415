"""The program `dprk-russia`: the command in a process of its own."""

import gc

from dprk_russia.cli.command import main


def run() -> None:
    """Run the command, and end the process."""
    try:
        main()
    finally:
        # Python would look for garbage once more in all that pandas and pandera hold: a sixth of the time of a validation.
        gc.freeze()


if __name__ == "__main__":
    run()
