"""`faq` and `claims`: the questions people ask, and what popular articles say."""

from __future__ import annotations

from typing import Annotated

import typer

from twitchwise.cli.app import app
from twitchwise.cli.explain import Format, Output, show

Words = Annotated[list[str] | None, typer.Argument(help="What to look for; none lists all.", show_default=False)]


@app.command("faq")
def faq_command(words: Words = None, format: Format = "text", output: Output = None) -> None:
    """Answer a question that people ask: is it ALS, night cramps, which tests."""
    from twitchwise.evidence import load_evidence
    from twitchwise.explain.faq import MOST_NEAR, VAGUE, find_questions, make_answer, make_list

    evidence, asked = load_evidence(), " ".join(words or ())
    if not asked.strip():
        show(make_list(evidence), format, output)
        return
    found = find_questions(asked, evidence)
    if not found:
        near = " ".join(q.ask for q in find_questions(asked, evidence, VAGUE)[:MOST_NEAR])
        text = f"no question fits {asked!r}. {f'Nearest: {near} ' if near else ''}List them all: twitchwise faq"
        raise typer.BadParameter(text, param_hint="WORDS")
    show(make_answer(found[0], evidence, found[1:]), format, output)


@app.command("claims")
def claims_command(words: Words = None, format: Format = "text", output: Output = None) -> None:
    """Weigh what articles say: bananas, pickle juice, "twitching means ALS"."""
    from twitchwise.evidence import load_evidence
    from twitchwise.explain.claims import find_claims, make_claims

    evidence, asked = load_evidence(), " ".join(words or ())
    found = find_claims(asked, evidence) if asked.strip() else list(evidence.claims.values())
    if not found:
        raise typer.BadParameter(f"no claim fits {asked!r}. List them all: twitchwise claims", param_hint="WORDS")
    show(make_claims(found, evidence), format, output)
