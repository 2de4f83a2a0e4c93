"""How much of a long series is run: a sample, or all of it under ``BODYMAP_WHOLE=1``.

For series that differ in nothing but a number, a size or a name, and for examples that a machine
makes up. What is said of a person's record is never sampled.
"""

import os


def sample(some, *, of):
    """Return ``some``, or ``of`` where all of a series is to be run."""
    return of if os.environ.get("BODYMAP_WHOLE") == "1" else some
