"""Probabilities and levels in plain words."""

from __future__ import annotations

VERDICTS = {"likely": "likely", "possible": "possible", "unlikely": "unlikely", "cannot_tell": "unclear"}
LEVELS = {
    "very_low": "very low",
    "low": "low",
    "normal": "in range",
    "high": "high",
    "very_high": "very high",
    "": "no range",
}
VERDICTS_MEAN = (
    "Likely: it explains the complaint in at least half of such cases. Unlikely: in fewer than 1 in 10. Possible: in "
    "between. Unclear: what is known cannot tell."
)
BARS_MEAN = "In a bar, # is the sure part and = the open part. A wide range means that we are less sure."
QUESTIONS = {
    "How old is the person?": "your age",
    "Could there be a pregnancy, or a birth within the last six weeks?": "pregnancy or a recent birth",
    "Is any part of the body weak, or is there something it can no longer do?": "weakness",
    "Is swallowing difficult or speech slurred?": "swallowing or speech",
    "Is there shortness of breath?": "breathing",
    "Is there chest pain, fainting or an irregular heartbeat?": "chest pain, fainting or heartbeat",
    "Has there been a seizure (fit)?": "fits",
}


def asked(question: str) -> str:
    """Shorten a danger question to its subject.

    Parameters: question, as triage asks it. Returns: a few words.

    >>> asked("Is there shortness of breath?"), asked("Is it blue?")
    ('breathing', 'Is it blue')
    """
    if '"' in question:  # a line that was not understood
        return "what you mean by " + question[question.index('"') :].rstrip("?")
    return QUESTIONS.get(question, question.rstrip("?").replace("_", " "))


def percent(p: float) -> str:
    """Write a probability as a whole number, never a false 0 or 100.

    Parameters: p, a probability. Returns: a string without the percent sign.

    >>> percent(0.0001), percent(0.42), percent(0.9999)
    ('<1', '42', '>99')
    """
    return "<1" if p < 0.005 else ">99" if p > 0.995 else f"{100 * p:.0f}"


def span(low: float, high: float) -> str:
    """Write an interval of probabilities.

    Parameters: low, high. Returns: for example "20-40 %".

    >>> span(0.2, 0.4), span(0.001, 0.002), span(0.001, 0.03), span(0.9, 0.999)
    ('20-40 %', '<1 %', '0-3 %', '>90 %')
    """
    first, last = percent(low), percent(high)
    if last.startswith(">"):
        return f"{first if first.startswith('>') else '>' + first} %"
    return f"{first} %" if first == last else f"{first.replace('<1', '0')}-{last} %"


def there(low: float, high: float) -> str:
    """Say whether a cause is there at all.

    Parameters: low, high, probabilities. Returns: "yes", or the interval.

    >>> there(0.98, 0.999), there(0.2, 0.4)
    ('yes', '20-40 %')
    """
    return "yes" if low >= 0.97 else span(low, high)


def bar(low: float, high: float, cells: int = 8) -> str:
    """Draw an interval: `#` is sure, `=` is open, `.` is not reached.

    Parameters: low, high, probabilities; cells, width. Returns: a bar in brackets.

    >>> bar(0.25, 0.5)
    '[##==....]'
    """
    sure, reach = round(low * cells), round(high * cells)
    reach = max(reach, sure)
    return f"[{'#' * sure}{'=' * (reach - sure)}{'.' * (cells - reach)}]"


def strength(bits: float) -> str:
    """Say how much a reason counts.

    Parameters: bits, evidence weight. Returns: "strong", "moderate" or "weak".

    >>> strength(-3.2), strength(0.2)
    ('strong', 'weak')
    """
    return "strong" if abs(bits) >= 3 else "moderate" if abs(bits) >= 1 else "weak"
