"""How much of a long series is run: a sample, or all of it under ``BODYMAP_WHOLE=1``.

Only for series whose members differ in a size, a body or a malformed input, and go one way through
the code. What a person said, how it is kept, and what every page has to do is never sampled.
"""

import os


def sample(some, *, of):
    """Return ``some``, or ``of`` where all of a series is to be run."""
    return of if os.environ.get("BODYMAP_WHOLE") == "1" else some
