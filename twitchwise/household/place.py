"""Where the records lie, who may read them, and how the place is emptied."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import Final

from twitchwise.errors import FileError
from twitchwise.foods.store import data_folder
from twitchwise.household.types import Damaged, Locked

FILE: Final = "household.db"
PLAIN: Final = b"SQLite format 3\0"
PAGE: Final = 4096  # a file with a passphrase is whole pages of this size
# Closing any handle of a file drops the locks that this process holds on it (POSIX), SQLite's too. So a file that is
# open here is never opened a second time just to look at its first bytes; what is known of it stands in OPEN.
GATE: Final = RLock()
OPEN: Final[dict[Path, list[bool]]] = {}  # per open connection: has it a passphrase


def file_in(folder: Path | None) -> Path:
    """Say which file holds the records.

    Parameters: folder, None for the platform's own. Returns: its path, perhaps not yet there.

    >>> file_in(Path("/srv/kept")).as_posix()
    '/srv/kept/household.db'
    """
    named = data_folder() if folder is None else folder.expanduser()
    return (named / FILE).resolve()  # where a link leads: a change of the passphrase must not leave that file behind


def new_file(path: Path) -> Path:
    """Say which file a change of the passphrase is prepared in.

    Parameters: path, of the records. Returns: the path beside it.

    >>> new_file(Path("/srv/kept/household.db")).name
    'household.db.new'
    """
    return path.with_name(path.name + ".new")


def journal_of(path: Path) -> Path:
    """Say where SQLite notes what a write changes, to take it back if the write is cut off.

    Parameters: path, of the records. Returns: the path beside it.

    >>> journal_of(Path("/srv/kept/household.db")).name
    'household.db-journal'
    """
    return path.with_name(path.name + "-journal")


def prepare(path: Path) -> None:
    """Make the folder and the file where they are missing, and take the rights of all others away.

    Parameters: path, of the file. Raises: FileError.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        close_to_others(path.parent, 0o700)
        if not path.exists():
            make_file(path)
        if not path.is_file():
            raise FileError(f"{path}: this is no file. Move it away, or name another folder in TWITCHWISE_DATA.")
        close_to_others(path, 0o600)
    except FileExistsError as error:
        raise FileError(f"{path.parent}: this is no folder. Name another one in TWITCHWISE_DATA.") from error
    except OSError as error:
        why = error.strerror or "unknown reason"
        raise FileError(f"{path}: it cannot be made ({why}). Name a folder of your own in TWITCHWISE_DATA.") from error


def make_file(path: Path) -> None:
    """Make an empty file that only its owner can read; one that another process made meanwhile is left alone.

    Parameters: path. Raises: OSError.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def close_to_others(path: Path, rights: int) -> None:
    """Give a file or folder exactly these rights.

    Parameters: path; rights, as of chmod. Raises: FileError, where others could read it and this cannot be changed.
    """
    if os.name == "nt":  # rights are inherited from the person's own folder there
        return
    found = path.stat()
    if stat.S_IMODE(found.st_mode) == rights:
        return
    if found.st_mode & stat.S_ISVTX or path.parent == path or found.st_uid != os.geteuid():
        raise FileError(
            f"{path}: it is shared with other users of this machine. Name a folder of your own in TWITCHWISE_DATA."
        )
    try:
        os.chmod(path, rights)
    except OSError as error:
        if error.errno == errno.EROFS:  # what lies on a read-only disk can still be read
            return
        raise
    if path.stat().st_mode & 0o077:  # some disks, of memory sticks above all, know no rights
        raise FileError(f"{path}: this disk cannot keep other users out. Name a folder elsewhere in TWITCHWISE_DATA.")


def has_passphrase(path: Path) -> bool:
    """Tell from its first bytes whether a file has a passphrase.

    Parameters: path. Returns: whether; False for one that is missing or empty. Raises: Damaged, FileError.
    """
    with GATE:
        if OPEN.get(path):
            return OPEN[path][-1]
        try:
            with path.open("rb") as handle:
                head = handle.read(64)
                size = os.fstat(handle.fileno()).st_size
        except FileNotFoundError:
            return False
        except OSError as error:
            raise FileError(f"{path}: it cannot be read ({error.strerror}). Check the rights of the file.") from error
    if not size or head.startswith(PLAIN):
        return False
    # what a passphrase leaves looks like noise; a text, or zeros after a crash, does not
    if size % PAGE or len(set(head)) < 20 or head.isascii():
        raise damaged(path)
    return True


def is_locked(folder: Path | None = None) -> bool:
    """Tell whether the records in a folder need a passphrase.

    Parameters: folder, None for the platform's own. Returns: whether. Raises: FileError, if the file is damaged.
    """
    return has_passphrase(file_in(folder))


def damaged(path: Path) -> Damaged:
    """Make the error for a file that cannot be read as records.

    Parameters: path. Returns: the error, to be raised.
    """
    return Damaged(
        f"{path}: this file is damaged, or twitchwise did not write it. It was left as it is. "
        "Move it to a safe place, then start again and bring back your last export."
    )


def needs_passphrase(path: Path) -> Locked:
    """Make the error for records that were asked for without their passphrase.

    Parameters: path. Returns: the error, to be raised.
    """
    return Locked(f"{path}: these records have a passphrase. Give it to open them. If it is lost, they are lost too.")


def wipe(folder: Path | None = None) -> None:
    """Remove the file of records without opening it: the way out when a passphrase is lost or the file is damaged.

    Parameters: folder, None for the platform's own. Raises: FileError.
    """
    path = file_in(folder)
    with GATE:
        # the journal first: left alone, SQLite would play it into the next file of this name
        for old in (journal_of(path), new_file(path), path):
            try:
                remove(old)
            except OSError as error:
                raise FileError(f"{old}: it cannot be removed ({error.strerror}). Delete this file by hand.") from error


def remove(path: Path) -> None:
    """Overwrite a file and remove it; one that is not there is no problem.

    Parameters: path. Raises: OSError.
    """
    with suppress(FileNotFoundError):
        with path.open("r+b") as handle:
            blank(handle.fileno())
        path.unlink()


def blank(handle: int) -> None:
    """Write zeros over a whole file, so that its bytes do not stay on the disk as free space.

    Parameters: handle, open for writing. Raises: OSError.
    """
    size = os.fstat(handle).st_size
    os.lseek(handle, 0, os.SEEK_SET)
    while size > 0:
        size -= os.write(handle, bytes(min(size, 1 << 20)))
    os.fsync(handle)
    os.ftruncate(handle, 0)


def sync(path: Path) -> None:
    """Bring a file, or the names in a folder, onto the disk.

    Parameters: path. Raises: OSError.
    """
    if os.name == "nt":  # no folder can be opened there, and SQLite has synced the file
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
