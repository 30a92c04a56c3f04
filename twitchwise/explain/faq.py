"""The questions people ask: a short answer with its sources, then when to get help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from twitchwise.evidence import Evidence
from twitchwise.evidence.types import Cite, Source
from twitchwise.evidence.voice_types import Answer, Question
from twitchwise.explain.claims import VERDICTS
from twitchwise.explain.figures import fill
from twitchwise.explain.look_up import ENOUGH, find
from twitchwise.explain.types import Document, Line, Section

OWN = "own_judgement"
MOST_NEAR = 3  # other questions named at the end
VAGUE = 0.15  # share of what was asked that the nearest questions must cover


def find_questions(asked: str, evidence: Evidence, enough: float = ENOUGH) -> list[Question]:
    """Find the questions that a person means.

    Parameters: asked, words, with slips forgiven; evidence; enough, the share (0..1) of what was asked that must fit.
    Returns: questions, best first; none when nothing fits.

    >>> from twitchwise.evidence import load_evidence
    >>> find_questions("nigth cramps", load_evidence())[0].id
    'night_cramps'
    """
    entries = {k: (q.ask, *q.also, " ".join(q.topics), k.replace("_", " ")) for k, q in evidence.questions.items()}
    return [evidence.questions[k] for k, _ in find(asked, entries, enough)]


def make_answer(question: Question, evidence: Evidence, near: Sequence[Question] = ()) -> Document:
    """Write the page for one question.

    Parameters: question; evidence; near, other questions that fit what was asked. Returns: the page.

    >>> from twitchwise.evidence import load_evidence
    >>> evidence = load_evidence()
    >>> make_answer(evidence.questions["is_it_als"], evidence).title
    'Is it ALS?'
    """
    short = tuple(_line(answer, evidence) for answer in question.answer)
    sections = tuple(_sections(question, evidence))
    lines = [*short, *(line for section in sections for line in section.items)]
    other = [evidence.questions[key] for key in question.see] + [q for q in near if q.id not in question.see]
    return Document(
        id=question.id,
        kind="faq",
        title=question.ask,
        short=short,
        sections=sections,
        sources=_sources(lines, evidence),
        see_also=tuple(q.ask for q in other if q.id != question.id)[: max(MOST_NEAR, len(question.see))],
    )


def make_list(evidence: Evidence) -> Document:
    """Write the page with all questions, each with the first sentence of its answer.

    Parameters: evidence. Returns: the page.

    >>> from twitchwise.evidence import load_evidence
    >>> make_list(load_evidence()).kind
    'faq'
    """
    items = tuple(_line(q.answer[0], evidence, q.ask) for q in evidence.questions.values())
    help_ = Section("help", "When to get help", items=tuple(_watch(("watch_call", "watch_days"), evidence)))
    return Document(
        id="faq",
        kind="faq",
        title="Questions about twitching, cramps and spasms",
        short=(Line("For a whole answer: twitchwise faq WORDS, for example twitchwise faq night cramps."),),
        sections=(help_, Section("questions", f"Questions ({len(items)})", items=items)),
        sources=_sources((*help_.items, *items), evidence),
    )


def _sections(question: Question, evidence: Evidence) -> Iterable[Section]:
    watch = tuple(_watch(question.watch, evidence))
    if watch:
        yield Section("help", "When to get help", items=watch)
    claims = [evidence.claims[key] for key in question.claims]
    said = tuple(Line(c.text, c.cites, VERDICTS[c.verdict][0]) for c in claims)
    if said:
        yield Section("claims", "What articles say, and how well it holds", items=said)


def _line(answer: Answer, evidence: Evidence, before: str = "") -> Line:
    text, more = fill(answer.text, evidence)
    own = (Cite(OWN, answer.own),) if answer.own else ()
    return Line(f"{before} {text}".strip(), tuple(dict.fromkeys((*answer.cites, *more, *own))))


def _watch(keys: Sequence[str], evidence: Evidence) -> Iterable[Line]:
    for key in keys:
        block = evidence.advice[key]
        yield Line(fill(block.text, evidence)[0], block.cites)


def _sources(lines: Iterable[Line], evidence: Evidence) -> dict[str, Source]:
    keys = {cite.source for line in lines for cite in line.cites}
    return {key: evidence.sources[key] for key in sorted(keys)}
