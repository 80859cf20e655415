"""The program `dprk-russia`: the command in a process of its own."""

import gc

from dprk_russia.cli.command import main

# Python looks for garbage after so many new objects, not after 700: to look through all that pandas and pandera hold
# takes a twelfth of the time of a small validation, and once more at the end another sixth.
OBJECTS = 1_000_000


def run() -> None:
    """Run the command, and end the process."""
    gc.set_threshold(OBJECTS)
    try:
        main()
    finally:
        gc.freeze()


if __name__ == "__main__":
    run()
