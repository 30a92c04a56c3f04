"""Foods, explanations, comparisons, claims and questions as pages with addresses of their own, and one search."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from twitchwise.explain.types import Document, Line
from twitchwise.web import larder
from twitchwise.web.page import back, form_of, render

if TYPE_CHECKING:
    from twitchwise.evidence import Evidence
    from twitchwise.web.subjects import Found, Link

COMMAND: Final = re.compile(r"\btwitchwise (explain|compare|faq|claims|foods)\b")  # words for the terminal only
MOST_COLUMNS: Final = 8
NAME: Final = 80  # characters of what was typed that are said again


class Notes:
    """The sources of a page of explanation, in the look of the review."""

    def __init__(self, document: Document) -> None:
        from twitchwise.formats.html.cites import Citing

        self.citing = Citing(document.sources)

    def __call__(self, line: Line) -> Any:
        """Mark what a line rests on: numbers that open in place, or that it is our own judgement."""
        return self.citing.mark(line.cites) or self.citing.mark(line.cites, bool(line.cites))


def _document(request: Request, document: Document, template: str = "explain.html.j2", **more: Any) -> Response:
    """Show a page of explanation."""
    notes = Notes(document)
    short = [line for line in document.short if not COMMAND.search(line.text)]
    own = {"see": (), "up": ("/explain", "All topics"), **more}
    return render(
        request,
        template,
        document=document,
        short=short,
        notes=notes,
        cites=notes.citing.mark,
        listed=notes.citing.listed,
        **own,
    )


def _evidence(request: Request) -> Evidence:
    evidence: Evidence = request.app.state.evidence
    return evidence


def _explain_list(request: Request) -> Response:
    from twitchwise.web.subjects import listed

    return render(request, "explain_list.html.j2", groups=listed(_evidence(request)))


def _explain(request: Request) -> Response:
    """Explain a topic; another name of it leads to its address."""
    from twitchwise.explain.topic import document_of
    from twitchwise.web.subjects import addresses_of

    evidence, asked = _evidence(request), request.path_params["topic"]
    addresses = addresses_of(evidence)
    subject = addresses.resolve(asked)
    if subject is None:
        raise HTTPException(404, "No topic has this name. Look for it under Search, or choose one from the list.")
    if asked not in addresses.by_slug:
        return RedirectResponse(addresses.of(subject), 307)
    document = document_of(subject, evidence)
    return _document(request, document, see=_see(document.see_also, evidence))


def _see(names: Sequence[str], evidence: Evidence) -> list[Link]:
    from twitchwise.web.subjects import addresses_of

    addresses = addresses_of(evidence)
    return [addresses.link(subject) for name in names if (subject := addresses.resolve(name)) is not None]


def _compare(request: Request) -> Response:
    """Set two to eight topics side by side."""
    from twitchwise.explain.compare import compare
    from twitchwise.web.subjects import addresses_of

    evidence = _evidence(request)
    addresses = addresses_of(evidence)
    asked = [one for one in request.path_params["topics"].split("/") if one][: MOST_COLUMNS + 1]
    subjects = [addresses.resolve(one) for one in asked]
    if None in subjects or len(set(subjects)) < 2:
        raise HTTPException(404, "Choose two different topics that are in the list, then compare them.")
    document = compare([one.member or one.name for one in subjects if one is not None], evidence)
    links = [addresses.link(one) for one in subjects if one is not None]
    return _document(request, document, "compare.html.j2", see=links, up=("/compare", "Compare others"))


def _compare_form(request: Request) -> Response:
    return render(request, "compare_form.html.j2", problem="", first="", second="")


async def _compare_choose(request: Request) -> Response:
    """Lead from two typed names to the address of their comparison."""
    from twitchwise.web.subjects import addresses_of

    form = await form_of(request)
    typed = [str(form.get(name, "")).strip() for name in ("first", "second")]
    addresses = addresses_of(_evidence(request))
    found = [addresses.resolve(text) if text else None for text in typed]
    missing = [text[:NAME] for text, one in zip(typed, found, strict=True) if one is None]
    if not missing and found[0] != found[1]:
        first, second = (addresses.of(one).rpartition("/")[2] for one in found if one is not None)
        return back(f"/compare/{first}/{second}")
    problem = "Name two different topics." if not any(missing) else f"Not known as a topic: {', '.join(missing)}."
    return render(request, "compare_form.html.j2", 422, problem=problem, first=typed[0], second=typed[1])


def _claims(request: Request) -> Response:
    from twitchwise.explain.claims import VERDICTS

    evidence = _evidence(request)
    groups = [
        (key, heading, [claim for claim in evidence.claims.values() if claim.verdict == key])
        for key, (_, heading) in VERDICTS.items()
    ]
    return render(request, "claims.html.j2", groups=[one for one in groups if one[2]], total=len(evidence.claims))


def _claim(request: Request) -> Response:
    from twitchwise.explain.claims import make_claims

    evidence = _evidence(request)
    claim = evidence.claims.get(request.path_params["claim"])
    if claim is None:
        raise HTTPException(404)
    document = make_claims([claim], evidence, "What people say")
    return _document(request, document, up=("/claims", "All claims"))


def _faq(request: Request) -> Response:
    from twitchwise.explain.faq import make_list

    evidence = _evidence(request)
    document = make_list(evidence)
    return _document(request, document, "faq.html.j2", questions=tuple(evidence.questions.values()))


def _answer(request: Request) -> Response:
    from twitchwise.explain.faq import make_answer
    from twitchwise.web.subjects import Link

    evidence = _evidence(request)
    question = evidence.questions.get(request.path_params["question"])
    if question is None:
        raise HTTPException(404)
    document = make_answer(question, evidence)
    asked = {one.ask: one.id for one in evidence.questions.values()}
    see = [Link(ask, f"/faq/{asked[ask]}") for ask in document.see_also if ask in asked]
    return _document(request, document, see=see, up=("/faq", "All questions"))


def _search_form(request: Request) -> Response:
    return render(request, "search.html.j2", text="", found=None, note="")


async def _search(request: Request) -> Response:
    """Search everything; what was typed stays out of every address."""
    form = await form_of(request)
    text = " ".join(str(form.get("q", "")).split())
    found, note = await run_in_threadpool(_look, request, text)
    return render(request, "search.html.j2", text=text, found=found, note=note)


def _look(request: Request, text: str) -> tuple[tuple[Found, ...] | None, str]:
    from twitchwise.web.subjects import search_all

    if not text:
        return None, "Type what you look for first."
    index, note = larder.food_index(request)
    return search_all(text, _evidence(request), index), note


routes: list[BaseRoute] = [
    *larder.routes,
    Route("/explain", _explain_list),
    Route("/explain/{topic}", _explain),
    Route("/compare", _compare_form),
    Route("/compare", _compare_choose, methods=["POST"]),
    Route("/compare/{topics:path}", _compare),
    Route("/claims", _claims),
    Route("/claims/{claim}", _claim),
    Route("/faq", _faq),
    Route("/faq/{question}", _answer),
    Route("/search", _search_form),
    Route("/search", _search, methods=["POST"]),
]
