"""JSON from outside: read within limits, or refused in one sentence that says what and where.

What is too large, too deep or ambiguous is found before or while it is read, so that no file can
fill the memory or mean two things. No sentence repeats more than 40 characters of a file.
"""

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from bodymap.records.errors import shown

# No record of that size has more; as many bytes of commas, colons, brackets would fill the memory.
_BYTES_PER_BRACKET = 50
_BYTES_PER_COMMA = 4
_BYTES_PER_NAME = 24
_MOST_NAMES = 64  # of one object
_DEEPEST = 8

# Possessive, and right also for a string without an end: linear in time, whatever the file holds.
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
# A piece of the file that ends where a string ends.
_PIECE = re.compile(rb'(?:[^"]*+' + _STRING.pattern + rb"){1,10000}+", re.DOTALL)
_PLAIN_NAME = re.compile(r"[a-z_]{1,30}")


class RecordFileError(ValueError):
    """The file is refused. ``str`` is one sentence, at most 200 characters: what, and where."""


class Part(BaseModel):
    """What a part of a file may hold: exactly these names, exactly these types."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class SameNameTwice:
    """Stands for an object in which one name came twice, so that the refusal can say where."""

    def __init__(self, name: str):
        self.name = name


def read_json(data: bytes, max_bytes: int) -> object:
    """Return what a file of at most ``max_bytes`` holds; SameNameTwice for an ambiguous object.

    Raises:
        RecordFileError: the file is too large, no UTF-8, no JSON, or holds too much.
    """
    if len(data) > max_bytes:
        raise RecordFileError(
            f"The file is larger than {max_bytes / 1024**2:.0f} MB, the most that is read."
        )
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise RecordFileError("The file is empty.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordFileError(f"The file is not UTF-8 text (byte {error.start}).") from None
    _check_size(data, max_bytes)
    try:
        return json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise RecordFileError(
            f"The file is not whole JSON (line {error.lineno}, column {error.colno}: {error.msg})."
        ) from None
    except (
        RecursionError
    ):  # not reached after _check_size; kept because hanging on it would be worse
        raise RecordFileError(f"The file is nested deeper than {_DEEPEST} levels.") from None
    except RecordFileError:  # _object's
        raise
    except ValueError:  # the only one left: an integer of more than 4300 digits
        raise RecordFileError("The file holds a number that is far too long.") from None


def sentence_of(errors: ValidationError, where: str, version: int, kinds: Iterable[str]) -> str:
    """Return the first of pydantic's complaints in our words.

    where: path of the part that was validated, "" for the whole file. kinds: what pydantic puts
    into its paths, but no file has there.
    """
    error = errors.errors(include_url=False, include_context=False)[0]
    path, value = _path(where, error["loc"], frozenset(kinds)), error["input"]
    if isinstance(value, SameNameTwice):
        return f"{path} has {shown(value.name)} twice."
    match error["type"]:
        case "missing":
            return f"{path} is missing."
        case "extra_forbidden":
            return f"{path} is not part of version {version} of the format."
        case "int_type":
            return f"{path} must be a whole number, not {shown(value)}."
        case "string_type":
            return f"{path} must be text, not {shown(value)}."
        case "bool_type":
            return f"{path} must be true or false, not {shown(value)}."
        case "list_type" | "is_instance_of":
            return f"{path} must be a list, not {_kind(value)}."
        case "model_type" | "model_attributes_type":
            return f"{path} must be an object, not {_kind(value)}."
        case "union_tag_invalid" | "union_tag_not_found":
            return f"{path}.kind must be {' or '.join(kinds)}."
    return f"{path} can't be read."  # such as a name that is no Unicode


def _kind(value: object) -> str:
    # Where an object or a list belongs, a text may be what a person wrote.
    return "text" if isinstance(value, str) else shown(value)


def _check_size(data: bytes, max_bytes: int) -> None:
    """Refuse what would only be found too much after it had been read into memory."""
    brackets = commas = names = depth = 0
    for bare in _without_strings(data):
        brackets += bare.count(b"{") + bare.count(b"[")
        commas += bare.count(b",")
        names += bare.count(b":")
        if max_bytes < max(
            brackets * _BYTES_PER_BRACKET, commas * _BYTES_PER_COMMA, names * _BYTES_PER_NAME
        ):
            raise RecordFileError("The file holds more entries than any record of its size.")
        for bracket in re.finditer(rb"[][{}]", bare):
            depth += 1 if bracket[0] in b"[{" else -1
            if depth > _DEEPEST:
                raise RecordFileError(f"The file is nested deeper than {_DEEPEST} levels.")
            if depth < 0:
                return  # not JSON; the reader says where


def _without_strings(data: bytes) -> Iterator[bytes]:
    """Yield what is outside of strings, piece by piece: each string takes memory when cut out."""
    start = 0
    while piece := _PIECE.match(data, start):
        yield _STRING.sub(b"", piece[0])
        start = piece.end()
    yield data[start:]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | SameNameTwice:
    if len(pairs) > _MOST_NAMES:
        raise RecordFileError("The file holds an object with more names than any record has.")
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    times = Counter(name for name, _ in pairs)
    return SameNameTwice(times.most_common(1)[0][0])


def _path(where: str, loc: Iterable[int | str], kinds: frozenset[str]) -> str:
    path = where
    is_after_number = where.endswith("]")
    for part in loc:
        if isinstance(part, int):
            path += f"[{part}]"
        elif not (is_after_number and part in kinds):
            path += "." * bool(path) + (part if _PLAIN_NAME.fullmatch(part) else shown(part))
        is_after_number = isinstance(part, int)
    return path
