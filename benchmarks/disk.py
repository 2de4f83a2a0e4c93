"""What a process asks of its disk, written down call by call, and what a power cut leaves of it.

``disk_shim.c`` is compiled and loaded before everything else (``LD_PRELOAD``), so it sees every
call that Python, Bodymap and the SQLite in use make: nothing is changed in any of them.
"""

import os
import random
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

SOURCE = Path(__file__).with_name("disk_shim.c")
SECTOR = 512


def compiled(folder: Path) -> Path:
    """Compile the shim into a folder and return it."""
    shim = folder / "disk_shim.so"
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        raise RuntimeError("there is no C compiler on this machine")
    command = [compiler, "-O1", "-shared", "-fPIC", "-o", str(shim), str(SOURCE)]
    subprocess.run([*command, "-ldl", "-pthread"], check=True)
    return shim


def watched(shim: Path, folder: Path, log: Path | None = None) -> dict[str, str]:
    """Return the environment of a process whose calls below a folder go through the shim."""
    wanted = {"LD_PRELOAD": str(shim), "BODYMAP_SHIM_FOLDER": str(folder)}
    return dict(os.environ) | wanted | ({"BODYMAP_SHIM_LOG": str(log)} if log else {})


@dataclass(frozen=True, slots=True)
class Call:
    """One call as the shim wrote it down."""

    kind: str
    numbers: tuple[int, ...]
    data: bytes


def calls(log: Path) -> list[Call]:
    """Read what the shim wrote down."""
    data, at, found = log.read_bytes(), 0, []
    while at < len(data):
        end = data.index(b"\n", at)
        kind, *numbers = data[at:end].decode().split()
        length = int(numbers[-1])
        at = end + 1 + length
        found.append(Call(kind, tuple(map(int, numbers[:-1])), data[end + 1 : at]))
    return found


@dataclass(eq=False)
class File:
    """A file or a folder: what the process sees of it, and what is on the disk for certain."""

    is_folder: bool = False
    live: bytearray = field(default_factory=bytearray)
    synced: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)  # None: cut off there


@dataclass
class Disk:
    """A disk that forgets, when the power fails, what nobody asked it to keep.

    Content counts as kept from a sync of that file on, a name from a sync of its folder on. What is
    pending at the cut may be kept, lost, or kept in part, in sectors of 512 bytes.
    """

    folder: str
    names: dict[str, File] = field(default_factory=dict)
    synced_names: dict[str, File] = field(default_factory=dict)
    pending_names: list[tuple[str, str, File | None]] = field(default_factory=list)
    handles: dict[int, tuple[str, File]] = field(default_factory=dict)

    def do(self, call: Call) -> None:
        """Do a call."""
        match call.kind:
            case "o":
                self._open(call)
            case "w":
                self._write(*call.numbers, call.data)
            case "t":
                handle, size = call.numbers
                _put(self.handles[handle][1], size, None)
            case "s":
                self._sync(*self.handles[call.numbers[0]])
            case "m":
                self._name(call.data.decode(), File(is_folder=True))
            case "u":
                self._name(call.data.decode(), None)
            case "l" | "n":
                old, new = call.data.decode().split("\0")
                self._name(new, self.names[old])
                if call.kind == "n":
                    self._name(old, None)

    def _open(self, call: Call) -> None:
        handle, is_emptied, _ = call.numbers
        path = call.data.decode()
        if path not in self.names:
            if path == self.folder:
                self.names[path] = self.synced_names[path] = File(is_folder=True)
            else:
                self._name(path, File())
        file = self.names[path]
        if is_emptied:
            _put(file, 0, None)
        self.handles[handle] = path, file

    def _write(self, handle: int, at: int, data: bytes) -> None:
        _put(self.handles[handle][1], at, data)

    def _name(self, path: str, file: File | None) -> None:
        _rename(self.names, path, file)
        self.pending_names.append((_above(path), path, file))

    def _sync(self, path: str, file: File) -> None:
        if not file.is_folder:
            file.synced, file.pending = bytes(file.live), []
            return
        for folder, name, named in self.pending_names:
            if folder == path:
                _rename(self.synced_names, name, named)
        self.pending_names = [each for each in self.pending_names if each[0] != path]

    def left(self, policy: str, dice: random.Random) -> dict[str, bytes]:
        """Return the files that are there after a power cut now, by path below the folder.

        policy: what becomes of what is pending: "none" of it is kept, "all", or "some".
        """
        names = dict(self.synced_names)
        for _, name, file in self.pending_names:
            if policy == "all" or (policy == "some" and dice.random() < 0.5):
                _rename(names, name, file)
        return {
            os.path.relpath(path, self.folder): _content(file, policy, dice)
            for path, file in names.items()
            if not file.is_folder and self._is_reached(path, names)
        }

    def _is_reached(self, path: str, names: dict[str, File]) -> bool:
        above = _above(path)
        return above == self.folder or (above in names and self._is_reached(above, names))


def _above(path: str) -> str:
    return path.rpartition("/")[0]


def _rename(names: dict[str, File], path: str, file: File | None) -> None:
    if file is None:
        names.pop(path, None)
    else:
        names[path] = file


def _put(file: File, at: int, data: bytes | None) -> None:
    file.pending.append((at, data))
    _apply(file.live, at, data)


def _apply(content: bytearray, at: int, data: bytes | None) -> None:
    end = at + len(data or b"")
    content.extend(bytes(max(0, end - len(content))))
    if data is None:
        del content[at:]
    else:
        content[at:end] = data


def _content(file: File, policy: str, dice: random.Random) -> bytes:
    if policy == "all":
        return bytes(file.live)
    content = bytearray(file.synced)
    if policy == "some":
        for at, data in file.pending:
            if dice.random() < 0.5:
                continue
            if data is not None and len(data) > SECTOR and dice.random() < 0.5:
                data = data[: SECTOR * dice.randrange(1, -(-len(data) // SECTOR))]
            _apply(content, at, data)
    return bytes(content)
