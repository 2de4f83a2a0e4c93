"""What is left to remove from a file and beside it once rows are deleted from a record."""

from pathlib import Path

from bodymap.records import sqlite_file
from bodymap.records.errors import BusyError, DiskFullError, PartlyDeletedError, StoreError


def remove_rest(path: Path) -> None:
    """Remove the traces of deleted rows from a file, and every copy beside it.

    Raises:
        PartlyDeletedError: some is left; the sentence says what, and why.
    """
    left = []
    try:
        sqlite_file.scrub(path)
    except StoreError as error:
        left.append(f"traces of it are left in the file ({_why(error)})")
    left += [
        f"{copy.name} still holds it and can't be removed ({why})"
        for copy, why in sqlite_file.remove_copies(path)
    ]
    if left:
        raise PartlyDeletedError(
            f"It is deleted from the record, but {', and '.join(left)}; Bodymap tries again when it"
            " starts next."
        )


def _why(error: StoreError) -> str:
    reasons = {BusyError: "something else is using it", DiskFullError: "the disk is full"}
    return reasons.get(type(error), "the disk reported an error")
