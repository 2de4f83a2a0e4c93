"""``python -m tools.figure [body|layers|patterns]``: build the drawn figures, all stages or one."""

import argparse
import importlib.util


def main() -> None:
    """Run the stages in their order; layers and patterns need what the bodies wrote."""
    parser = argparse.ArgumentParser(prog="python -m tools.figure", description=__doc__)
    stages = ("body", "layers", "patterns")
    parser.add_argument("stage", nargs="?", choices=stages, help="only this stage")
    stage = parser.parse_args().stage
    if stage in (None, "body"):
        from tools.figure import body

        body.build()
    if stage in (None, "layers") and importlib.util.find_spec("tools.figure.layers"):
        from tools.figure import layers

        layers.build()
    if stage in (None, "patterns"):
        from tools.figure import pattern_table, patterns

        patterns.build()
        pattern_table.write()


if __name__ == "__main__":
    main()
