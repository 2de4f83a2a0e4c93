"""What can go wrong with a record, each as one sentence that a tired person can read.

No message holds a mark, a database address or a password: messages are shown, and logged.
"""

_SHOWN_CHARACTERS = 40


class InvalidValue(ValueError):
    """A value that no record may hold; ``field`` names it, ``reason`` says what it must be."""

    def __init__(self, field: str, reason: str):
        super().__init__(f"{field} {reason}")
        self.field = field
        self.reason = reason


class StoreError(Exception):
    """The record can't be opened, read or written. ``str`` is one sentence.

    Nothing was changed, unless it is a PartlyDeletedError or an UncertainError.
    """


class PartlyDeletedError(StoreError):
    """It is deleted from the record, but not all copies or traces of it are; the rest is named."""


class UncertainError(StoreError):
    """The disk or the server failed at COMMIT: all of it is done, or nothing. Do it again."""


class AddressError(StoreError):
    """The address of the database is malformed, or of a kind that Bodymap can't use."""


class DamagedRecordError(StoreError):
    """The file is damaged, empty or cut short. It is left as it is, never begun afresh."""


class MissingRecordError(StoreError):
    """The file is gone, while copies or parts of it are beside it: never a silent fresh start."""


class LeftoverJournalError(StoreError):
    """The journal beside the file belongs to another file; neither was touched."""


class ForeignFileError(StoreError):
    """The file is something else than a Bodymap record."""


class NewerRecordError(StoreError):
    """The record was written by a newer Bodymap than this one."""


class ReadOnlyRecordError(StoreError):
    """The record can be read but not written."""


class BusyError(StoreError):
    """Someone else held the record for longer than we wait. Trying again is right."""


class DiskFullError(StoreError):
    """There is no room left to write."""


class RecordFullError(StoreError):
    """A record in memory has no room for more. What it holds stays."""


class UnreachableError(StoreError):
    """The file or the database server can't be reached."""


class ConflictError(StoreError):
    """One id stands for two different statements, so one of the two is not what it says."""


class UnknownCheckInError(StoreError):
    """This person has no check-in of that id."""


def shown(value: object) -> str:
    """Return a value as it may appear in a message: ASCII, escaped, at most 40 characters."""
    if isinstance(value, str):
        text = ascii(value[: _SHOWN_CHARACTERS + 1])
    elif value is None:
        text = "nothing"
    elif isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, int):
        # Python refuses to print integers of more than 4300 digits.
        text = repr(value) if abs(value) < 10**_SHOWN_CHARACTERS else "a very long number"
    elif isinstance(value, float):
        text = repr(value)
    else:
        text = {list: "a list", dict: "an object"}.get(type(value), "something else")
    if len(text) > _SHOWN_CHARACTERS:
        text = text[: _SHOWN_CHARACTERS - 3] + "..."
    return text
