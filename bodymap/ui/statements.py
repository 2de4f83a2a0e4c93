"""What the browser sends to be saved: read as statements, or refused, each with one sentence.

Every statement is answered. One that can't be read or kept is never passed over in silence, because
the browser would send it again for ever and everything after it would wait.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from bodymap.atlas import DataError
from bodymap.exchange.record_json import RecordFileError, parse
from bodymap.records import Change, Details, InvalidValue, MarkOperation, Record, StrokeOperation
from bodymap.records.day import LEVELS, DayOperation, Tried
from bodymap.records.drawing import MAX_POINTS
from bodymap.records.model import Operation
from bodymap.records.qualities import NO_DETAILS
from bodymap.records.statement import (
    checked_instant,
    checked_offset,
    cleaned_words,
    local_date,
    zone_or_unknown,
)
from bodymap.ui import knowledge
from bodymap.ui.browser import Sent, slots
from bodymap.ui.strokes import in_the_frame

Strokes = Mapping[str, StrokeOperation]
"""The strokes of a day by id, those taken back included, in the order drawn."""

MOST_DAYS = 30
"""Days whose strokes are looked up at once; what is about others waits until these are saved."""

MOST_CHARACTERS = 20_000
"""Of own words in one field as sent: more is refused before anything is done with it."""

_NAMES = {
    "note": "This note",
    "own_word": "Your own word",
    "journal": "This note",
    "what": "What you tried",
    "tried": "What you tried",
    "at": "The date of this device",
    "day": "The date of this device",
}
_UNREADABLE = "This could not be saved. Please reload the page and enter it again."
_NO_PLACE = "This place is not on this version of the map, so it could not be saved."
_BESIDE = "That stroke lies beside the body, so it was not kept."
CONFLICT = "A part of this record says something else here than before, so it was not taken in."
_NO_STROKE = "That stroke is not in the drawing any more."


class _Later(Exception):
    """It is read with a later message."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a statement was not saved; ``field`` names what is wrong with it, "" all of it."""

    sentence: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What was read, in the order in which it was sent, and what was refused by id.

    said: changes, and whole records with the id under which each came.
    """

    said: list[Change | tuple[str, Record]] = field(default_factory=list)
    refused: dict[str, Refusal] = field(default_factory=dict)

    def in_order(self) -> Iterator[list[Change] | tuple[str, Record]]:
        """Yield changes together as far as no record comes between them."""
        for is_change, group in groupby(self.said, key=lambda one: isinstance(one, Change)):
            if is_change:
                yield [one for one in group if isinstance(one, Change)]
            else:
                yield from (one for one in group if not isinstance(one, Change))


def read(items: Iterable[Any], strokes_of: Callable[[date], Strokes]) -> Told:
    """Read what a page sent, in order.

    strokes_of: returns the strokes of a day by id; taking one back or putting it back names only
        its id and its day.
    """
    told = Told()
    drawn: dict[str, StrokeOperation] = {}
    looked_up: dict[date, Strokes] = {}

    def strokes(day: date) -> Strokes:
        if day not in looked_up:
            if len(looked_up) == MOST_DAYS:
                raise _Later
            looked_up[day] = strokes_of(day)
        return looked_up[day]

    for item in items:
        id_ = item.get("id") if isinstance(item, Mapping) else None
        if not isinstance(id_, str) or not 1 <= len(id_) <= 36:
            continue  # nothing of ours, and nothing to answer to
        try:
            if item.get("kind") == "file":
                told.said.append((id_, parse(_SentFile.model_validate(item).text.encode())))
                continue
            change = _change(item, strokes, drawn)
        except _Later:
            continue
        except InvalidValue as error:
            told.refused[id_] = refusal(error)
        except ValidationError as error:
            told.refused[id_] = _refused_form(error)
        except (RecordFileError, DataError, ValueError, ArithmeticError):
            told.refused[id_] = Refusal(_UNREADABLE)
        else:
            told.said.append(change)
            if isinstance(change.stated, StrokeOperation) and "tool" in item:
                drawn[change.stated.stroke_id] = change.stated
    return told


def strokes_among(statements: Iterable[Operation]) -> dict[str, StrokeOperation]:
    """Return the strokes by id, those taken back included, in the order drawn."""
    return {one.stroke_id: one for one in statements if isinstance(one, StrokeOperation)}


def refusal(error: InvalidValue) -> Refusal:
    """Return what a person is told of a value that no record may hold."""
    if error.field == "target":
        return Refusal(_NO_PLACE)
    if error.field == "stroke_id":
        return Refusal(_NO_STROKE)
    if error.field == "points":
        return Refusal(_BESIDE)
    name = _NAMES.get(error.field)
    return Refusal(f"{name} {error.reason}.", error.field) if name else Refusal(_UNREADABLE)


def _refused_form(error: ValidationError) -> Refusal:
    """Return the same for a value of another form than our scripts send."""
    first = error.errors(include_url=False, include_input=False, include_context=True)[0]
    longest = first.get("ctx", {}).get("max_length")
    named = [name for name in first["loc"] if name in _NAMES]
    if not named or longest is None:
        return Refusal(_UNREADABLE)
    of_what = "things" if named[-1] == "tried" else "characters"
    return Refusal(f"{_NAMES[named[-1]]} must have at most {longest} {of_what}.", named[-1])


class _SentStatement(Sent):
    """What every statement that is sent has."""

    id: str
    at: Annotated[str, Field(max_length=40)]
    zone: Annotated[str, Field(max_length=64)]
    offset_min: int
    day: Annotated[str, Field(max_length=10)] | None = None

    def made(self) -> dict[str, Any]:
        """Return id, time, zone and day as a statement of the record takes them.

        Raises:
            ValueError: ``at`` is no time, or ``day`` no date.
        """
        at = checked_instant(datetime.fromisoformat(self.at))
        day = date.fromisoformat(self.day) if self.day else None
        if day is not None and day > local_date(at, checked_offset(self.offset_min)):
            day = None  # a clock that went back since the page was drawn: it is about today
        return {
            "id": self.id,
            "at": at,
            "zone": zone_or_unknown(self.zone),
            "utc_offset_min": self.offset_min,
            "day": day,
        }


_Words = Annotated[str, Field(max_length=MOST_CHARACTERS)]
_Short = Annotated[str, Field(max_length=80)]
_Level = int | None
_Step = Annotated[int, Field(ge=-100_000, le=100_000)]


class _SentDetails(Sent):
    qualities: Annotated[list[_Short], Field(max_length=50)]
    own_word: _Words
    course: _Short | None
    depth: _Short | None
    certainty: _Short | None
    note: _Words

    def read(self) -> Details:
        return Details(
            qualities=tuple(self.qualities),
            own_word=cleaned_words(self.own_word, lines=False),
            course=self.course,
            depth=self.depth,
            certainty=self.certainty,
            note=cleaned_words(self.note),
        )


class _WasMark(Sent):
    touched: _Level = None
    by_itself: _Level = None
    qualities: Annotated[list[_Short], Field(max_length=50)] = Field(default_factory=list)
    own_word: _Words = ""
    course: _Short | None = None
    depth: _Short | None = None
    certainty: _Short | None = None
    note: _Words = ""


class _SentMark(_SentStatement):
    kind: Literal["mark"]
    target: _Short
    side: _Short
    touched: _Level
    by_itself: _Level
    details: _SentDetails | None = None
    again: bool = False
    was: _WasMark | None = None

    def read(self) -> Change:
        if (self.target, self.side) not in slots():
            raise InvalidValue("target", "must be on the map")
        stated = MarkOperation(
            target=self.target,
            side=self.side,
            touched_nrs=self.touched,
            by_itself_nrs=self.by_itself,
            details=self.details.read() if self.details else NO_DETAILS,
            is_again=self.again,
            **self.made(),
        )
        if self.was is None:
            return Change(stated)
        names = {"touched": "touched_nrs", "by_itself": "by_itself_nrs"}
        was = {names.get(name, name): _stood(value) for name, value in _given(self.was)}
        return Change(stated, was)


class _SentTried(Sent):
    what: _Words
    helped: _Short | None

    def read(self) -> Tried:
        return Tried(cleaned_words(self.what, lines=False), self.helped)


_SentThings = Annotated[list[_SentTried], Field(max_length=1000)]


class _SentAnswers(Sent):
    worst_nrs: _Level
    least_nrs: _Level
    sleep_nrs: _Level
    fatigue_nrs: _Level
    mood_nrs: _Level
    tried: _SentThings
    journal: _Words


class _WasAnswers(Sent):
    worst_nrs: _Level = None
    least_nrs: _Level = None
    sleep_nrs: _Level = None
    fatigue_nrs: _Level = None
    mood_nrs: _Level = None
    tried: _SentThings = Field(default_factory=list)
    journal: _Words = ""


class _SentDay(_SentStatement):
    kind: Literal["answers"]
    answers: _SentAnswers
    was: _WasAnswers | None = None

    def read(self) -> Change:
        answers = self.answers
        stated = DayOperation(
            tried=_things(answers.tried),
            journal=cleaned_words(answers.journal),
            **{field: getattr(answers, field) for field in LEVELS},
            **self.made(),
        )
        if self.was is None:
            return Change(stated)
        was = {
            name: _things(value) if name == "tried" else _stood(value)
            for name, value in _given(self.was)
        }
        return Change(stated, was)


class _SentStrokeState(_SentStatement):
    kind: Literal["stroke"]
    stroke_id: _Short
    is_there: bool


class _SentStroke(_SentStrokeState):
    body: _Short
    view: Literal["back", "front"]
    tool: Literal["brush", "eraser", "area"]
    points: Annotated[list[_Step], Field(max_length=2 * MAX_POINTS)]
    width_mm: int
    area: _Short
    side: _Short
    quality: _Short
    nrs: _Level
    is_again: bool = False

    def read(self) -> StrokeOperation:
        atlas = knowledge.atlas()
        if self.area and self.area not in atlas.areas:
            raise InvalidValue("target", "must be on the map")
        return StrokeOperation(
            stroke_id=self.stroke_id,
            view=self.view,
            tool=self.tool,
            points=in_the_frame(atlas.figure(self.body, self.view), self.points),
            width_mm=self.width_mm,
            area=self.area,
            side=self.side,
            quality=self.quality,
            nrs=self.nrs,
            is_there=self.is_there,
            is_again=self.is_again,
            **self.made(),
        )


class _SentFile(Sent):
    """A record file that the tab keeps for a guest."""

    id: str
    kind: Literal["file"]
    text: str


def _change(
    item: Mapping[str, Any],
    strokes_of: Callable[[date], Strokes],
    drawn: Mapping[str, StrokeOperation],
) -> Change:
    match item.get("kind"):
        case "mark":
            return _SentMark.model_validate(item).read()
        case "answers":
            return _SentDay.model_validate(item).read()
        case "stroke" if "tool" in item:
            return Change(_SentStroke.model_validate(item).read())
        case "stroke":
            return Change(_put_or_taken_back(item, strokes_of, drawn))
    raise ValueError("there is no such kind of statement")


def _put_or_taken_back(
    item: Mapping[str, Any],
    strokes_of: Callable[[date], Strokes],
    drawn: Mapping[str, StrokeOperation],
) -> StrokeOperation:
    sent = _SentStrokeState.model_validate(item)
    made = sent.made()
    day = made["day"] or local_date(made["at"], made["utc_offset_min"])
    stroke = drawn.get(sent.stroke_id) or strokes_of(day).get(sent.stroke_id)
    if stroke is None:
        raise InvalidValue("stroke_id", "must be a stroke of the day")
    return replace(stroke, is_there=sent.is_there, **made)


def _given(was: Sent) -> list[tuple[str, Any]]:
    return [(name, getattr(was, name)) for name in was.model_fields_set]


def _stood(value: Any) -> Any:
    """Return a former value as the statement holds it."""
    if isinstance(value, list):
        return tuple(value)
    return cleaned_words(value) if isinstance(value, str) else value


def _things(sent: Iterable[_SentTried]) -> tuple[Tried, ...]:
    """Return what was tried, each thing once: cleaned words can have become the same."""
    return tuple({each.what: each for each in (one.read() for one in sent)}.values())
