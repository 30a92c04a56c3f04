"""The one tree of errors, each kind with the exit code that a script can test."""

from __future__ import annotations


class TwitchwiseError(Exception):
    """A problem that is told to the person in one line: what, where, what to do."""

    exit_code = 1


class RecordError(TwitchwiseError):
    """The record cannot be understood."""

    exit_code = 10


class FileError(TwitchwiseError):
    """A file cannot be read or written."""

    exit_code = 11


class EvidenceError(TwitchwiseError):
    """Our own data are wrong."""

    exit_code = 12


class LimitError(TwitchwiseError):
    """The question is larger than what can be answered exactly."""

    exit_code = 13


class UnitError(TwitchwiseError):
    """A quantity has a unit that is unknown or does not fit."""

    exit_code = 10
