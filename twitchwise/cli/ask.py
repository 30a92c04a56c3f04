"""`ask`: the questions in the terminal; plain lines only, so that a screen reader or a pipe can follow."""

from __future__ import annotations

import os
import signal
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from twitchwise.cli.app import On, app, day

if TYPE_CHECKING:
    from twitchwise.ask.save import Store
    from twitchwise.ask.types import Question, Reply, State
    from twitchwise.evidence import Evidence

WIDTH = 79
INTRO = (
    "This asks about twitching, cramps and spasms, danger signs first. It is not a diagnosis. Your answers stay on "
    "this computer. If you cannot breathe or swallow, faint, have a fit, or suddenly become weak: call for help first.",
    "Keys: y yes, n no, d don't know, s skip, b back, q save and quit, ? why. Then Enter.",
)
END = "That is all. No other question would change the advice enough to be worth asking."


class _Quit(Exception):
    """The person wants to stop, or the input has ended."""


@app.command("ask")
def ask_command(
    file: Annotated[
        Path, typer.Argument(help="The record to fill in, .toml or .json; made if it is not there.")
    ] = Path("me.toml"),
    on: On = "",
) -> None:
    """Ask the questions one by one, danger signs first; every answer is saved at once."""
    from twitchwise.ask.save import Store
    from twitchwise.evidence import load_evidence

    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    try:
        Talk(Store(file), load_evidence(), day(on), file).run()
    except _Quit:
        typer.echo("")
        _say(f"Saved in {file}. Go on with: twitchwise ask {file}")
        _say(f"See the review: twitchwise review {file}")
    except KeyboardInterrupt:
        typer.echo(f"\nStopped. Every answer so far is in {file}. Go on with: twitchwise ask {file}")
        raise typer.Exit(130) from None


@contextmanager
def _unbroken() -> Iterator[None]:
    """Hold a Ctrl-C back until an answer that was given is in the file."""
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt


def _say(text: str, indent: str = "") -> None:
    typer.echo("\n".join(textwrap.wrap(text, WIDTH, subsequent_indent=indent)))


class Talk:
    """One run of the questions."""

    def __init__(self, store: Store, evidence: Evidence, on: date, file: Path) -> None:
        from twitchwise.ask.types import State

        self.store, self.evidence, self.on, self.file = store, evidence, on, file
        self.state = State(store.load())
        self.before: list[State] = []
        self.told: set[str] = set()

    def run(self) -> None:
        """Ask until no question is worth asking. Raises: _Quit when the person stops before."""
        from twitchwise.ask.order import next_question

        for text in INTRO:
            _say(text)
        self._alarm()
        while (question := next_question(self.state, self.evidence, self.on)) is not None:
            self._ask(question)
            self._alarm()
        self._end()

    def _ask(self, question: Question) -> None:
        keys = "y/n/d" if question.keys else "d if you don't know"
        hint = f" ({question.hint})" if question.hint else ""
        typer.echo("")
        _say(question.text + hint)
        while True:
            text = self._line(f"[{keys}] > ")
            key = text.strip().lower()
            if key == "?":
                _say(question.why or "It helps to tell the causes apart.")
            elif key in ("b", "back"):
                self._back()
                return
            elif key in ("q", "quit"):
                raise _Quit
            elif self._answered(question, text):
                return

    def _line(self, prompt: str) -> str:
        # not input(): it misses a Ctrl-C that comes between its prompt and its reading
        typer.echo(prompt, nl=False)
        sys.stdout.flush()
        text = sys.stdin.readline()
        if not text:
            raise _Quit
        return text.rstrip("\n")

    def _back(self) -> None:
        if not self.before:
            typer.echo("This is the first question.")
            return
        with _unbroken():
            self._keep(self.before.pop())
        typer.echo("Back to the question before. Its answer is taken out.")

    def _answered(self, question: Question, text: str) -> bool:
        """Take an answer and save it. Returns: False when the question has to be asked once more."""
        from twitchwise.ask.answer import take

        start = self.state
        with _unbroken():
            reply = take(start, question, text, self.evidence, self.on)
            if not reply.again:
                self._keep(reply.state)
        if reply.again:
            _say(" ".join(reply.said))
            return False
        self.before.append(start)
        for said in reply.said:
            _say(said)
        return self._meant(question, start, reply) if reply.meant else True

    def _meant(self, question: Question, start: State, reply: Reply) -> bool:
        """Offer what the person may have meant; a wrong guess is taken out, own words that nobody guessed stay."""
        choices = ", ".join(f"{n} {text}" for n, text in enumerate(reply.meant, start=1))
        _say(f"Did you mean: {choices}? Type the number, or n for none of them.")
        key = self._line("[number/n] > ").strip().lower()
        key = "1" if key in ("y", "yes") else key
        if key in ("q", "quit"):
            raise _Quit
        chosen = key.isdecimal() and 1 <= int(key) <= len(reply.meant)
        if not chosen and not reply.guessed:
            return True
        self.before.pop()
        with _unbroken():
            self._keep(start)
        if chosen:
            return self._answered(question, reply.meant[int(key) - 1])
        typer.echo("Taken out again. Please say it in other words.")
        return False

    def _keep(self, state: State) -> None:
        self.store.save(state.tables)
        self.state = state
        if self.store.note:
            _say(self.store.note)
            self.store.note = ""

    def _alarm(self) -> None:
        """Say at once what to do when the last answer made an emergency, and offer to stop."""
        from twitchwise.ask.urgency import urgency, what_to_do

        found = urgency(self.state, self.evidence, self.on)
        rules = {alert.rule for alert in found.alerts}
        if found.level != "emergency" or rules <= self.told:
            return
        self.told |= rules
        typer.echo("")
        for line in what_to_do(found, self.state, self.evidence, self.on):
            _say(line, "  ")
        typer.echo("The questions can wait. Type g to go on, or q to stop here.")
        while (key := self._line("[g/q] > ").strip().lower()) not in ("g", "go", "y", "yes"):
            if key in ("q", "quit", "s", "stop", "n", "no"):
                raise _Quit
            typer.echo("Type g to go on, or q to stop here.")

    def _end(self) -> None:
        typer.echo("")
        _say(END)
        _say(f"Your answers are in {self.file}. See the review with: twitchwise review {self.file}")
        if self._line("Print the review now? [y/n] > ").strip().lower() not in ("y", "yes"):
            return
        from twitchwise.formats.text import wants_colour, write_text
        from twitchwise.record import record_from_tables
        from twitchwise.report import make_report
        from twitchwise.review import review

        found = review(record_from_tables(self.state.tables), self.evidence, self.on)
        typer.echo(
            write_text(make_report(found, self.evidence), wants_colour(sys.stdout.isatty(), os.environ)), nl=False
        )
