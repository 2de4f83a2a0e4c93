"""``python -m tools.figure [body|layers]``: build the drawn figures, all stages or one."""

import argparse
import importlib.util


def main() -> None:
    """Run the stages in their order; the layers need what the bodies wrote."""
    parser = argparse.ArgumentParser(prog="python -m tools.figure", description=__doc__)
    parser.add_argument("stage", nargs="?", choices=("body", "layers"), help="only this stage")
    stage = parser.parse_args().stage
    if stage in (None, "body"):
        from tools.figure import body

        body.build()
    if stage in (None, "layers") and importlib.util.find_spec("tools.figure.layers"):
        from tools.figure import layers

        layers.build()


if __name__ == "__main__":
    main()
