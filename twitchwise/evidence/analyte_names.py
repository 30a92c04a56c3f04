"""Which laboratory test a name means: synonyms, panels, and slips of the pen, but never a guess between two tests."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Protocol

from rapidfuzz.distance import OSA

from twitchwise.evidence.types import Analyte

_FILLERS = frozenset(
    "serum plasma blood level levels test tests result results concentration value values measured my your the of in"
    " lab labs fasting random sample latest last recent repeat repeated".split()
)
_OTHER_TEST = re.compile(r"\b1 25\b|dihydroxy|calcitriol")
_OTHER_SPECIMEN = re.compile(r"\b(?:urine|csf|sweat|hair|stool|faecal|fecal|saliva|24 h|spinal fluid)\b")
_PANELS: dict[str, tuple[str, ...]] = {
    "full blood count": ("haemoglobin", "mcv", "white_cells", "platelets"),
    "electrolytes": ("sodium", "potassium"),
    "electrolytes and minerals": ("sodium", "potassium", "adjusted_calcium", "magnesium"),
    "kidney function": ("creatinine", "urea"),
    "urea and electrolytes": ("sodium", "potassium", "creatinine", "urea"),
    "thyroid function": ("tsh", "free_t4"),
    "liver function": ("alt", "alp", "bilirubin", "albumin"),
    "bone profile": ("adjusted_calcium", "phosphate", "alp", "albumin"),
    "minerals": ("magnesium", "adjusted_calcium"),
    "basic metabolic panel": (
        "sodium",
        "potassium",
        "chloride",
        "bicarbonate",
        "creatinine",
        "urea",
        "glucose",
        "calcium",
    ),
    "comprehensive metabolic panel": (
        "sodium",
        "potassium",
        "chloride",
        "bicarbonate",
        "creatinine",
        "urea",
        "glucose",
        "calcium",
        "albumin",
        "alt",
        "alp",
        "bilirubin",
    ),
    "blood gas": ("ph", "pco2", "bicarbonate"),
    "inflammation markers": ("crp", "esr"),
    "haematinics": ("vitamin_b12", "folate", "ferritin"),
    "iron studies": ("ferritin",),
    "clotting": ("inr", "platelets"),
    "muscle enzymes": ("ck", "ldh", "ast"),
    "routine bloods": ("haemoglobin", "sodium", "potassium", "creatinine"),
    "calcium and magnesium": ("adjusted_calcium", "magnesium"),
    "calcium magnesium and potassium": ("adjusted_calcium", "magnesium", "potassium"),
    "sodium and potassium": ("sodium", "potassium"),
    "potassium and magnesium": ("potassium", "magnesium"),
    "transaminases": ("alt", "ast"),
    "renin and aldosterone": ("renin", "aldosterone"),
    "pth and calcium": ("pth", "adjusted_calcium"),
    "b12 and folate": ("vitamin_b12", "folate"),
}
_PANEL_NAMES: dict[str, str] = {
    "full blood count": (
        "fbc|cbc|full blood picture|complete blood count|blood count|haemogram|hemogram|blood picture"
    ),
    "electrolytes": (
        "electrolyte|electrolyte panel|lytes|salts|blood salts|electrolyte levels|routine electrolytes|all electrolytes"
    ),
    "electrolytes and minerals": (
        "extended electrolytes|electrolytes including magnesium|electrolytes calcium and magnesium|"
        "electrolytes including calcium and magnesium|electrolytes magnesium and calcium"
    ),
    "kidney function": (
        "renal function|kidney function tests|renal function tests|kft|rft|kidney tests|kidneys|renal tests|"
        "kidney profile"
    ),
    "urea and electrolytes": (
        "u e|u and es|ue|u es|ues|u and e|us and es|urea electrolytes|renal profile|renal panel|"
        "kidney and electrolytes|electrolytes and kidney function|kidney function and electrolytes|"
        "urea creatinine and electrolytes|uec|euc"
    ),
    "thyroid function": (
        "thyroid function tests|tft|tfts|thyroid|thyroid tests|thyroid panel|thyroid hormones|"
        "thyroid profile|tsh and t4|thyroid studies"
    ),
    "liver function": (
        "liver function tests|lft|lfts|liver tests|liver enzymes|liver panel|liver profile|hepatic panel|liver"
    ),
    "bone profile": "bone panel|bone chemistry|calcium profile|calcium and phosphate|bone bloods",
    "minerals": "mineral panel|trace minerals",
    "basic metabolic panel": "bmp|basic metabolic profile|chem 7|chem7|chemistry 7|metabolic panel|smac 7",
    "comprehensive metabolic panel": (
        "cmp|comprehensive metabolic profile|chem 20|chem20|biochemistry|blood chemistry|chemistry panel|"
        "serum chemistry|chemistry|biochemical profile|biochemistry panel|metabolic profile|chem 14|"
        "chemistries"
    ),
    "blood gas": (
        "abg|vbg|arterial blood gas|venous blood gas|blood gases|arterial blood gases|gas analysis|"
        "blood gas analysis|gas"
    ),
    "inflammation markers": "inflammatory markers|crp and esr|esr and crp|inflammation|acute phase reactants",
    "haematinics": "hematinics|b12 folate and ferritin|b12 folate ferritin",
    "iron studies": "iron panel|iron profile|iron stores",
    "clotting": "coagulation|clotting screen|coag|coagulation screen",
    "muscle enzymes": "muscle enzyme|muscle markers",
    "routine bloods": (
        "routine blood tests|bloods|blood tests|blood test|routine laboratory tests|routine labs|"
        "basic bloods|basic labs|standard blood tests|general blood tests|blood work|bloodwork|"
        "routine bloodwork|routine blood work|laboratory tests|routine blood|routine laboratory|laboratory|"
        "screening bloods"
    ),
    "calcium and magnesium": "magnesium and calcium|ca and mg|mg and ca|calcium magnesium",
    "calcium magnesium and potassium": (
        "potassium calcium and magnesium|magnesium calcium and potassium|potassium magnesium and calcium|"
        "magnesium potassium and calcium|calcium potassium and magnesium"
    ),
    "sodium and potassium": "potassium and sodium|na and k|na k",
    "potassium and magnesium": "magnesium and potassium|k and mg",
    "transaminases": "aminotransferases|alt and ast|ast and alt|transaminase",
    "renin and aldosterone": "aldosterone and renin",
    "pth and calcium": "calcium and pth",
    "b12 and folate": "folate and b12|vitamin b12 and folate",
}


class HasAnalytes(Protocol):
    """Anything that carries the curated analytes."""

    @property
    def analytes(self) -> Mapping[str, Analyte]:
        """The analytes by id."""


class _Cache:
    """The index of the last analytes asked about."""

    analytes: Mapping[str, Analyte] | None = None
    names: dict[str, str]


def _words(text: str) -> str:
    """Return a name in lower case, without accents and marks; plus signs of ions and brackets fall away."""
    text = unicodedata.normalize("NFKD", text.replace("γ", "gamma").replace("ß", "ss")).lower()
    text = "".join(c for c in text if not unicodedata.combining(c)).replace("_", " ").replace("&", " and ")
    text = re.sub(r"\bserum/plasma\b", " ", text)
    text = re.sub(r"^\s*f?[sp]-(?=[a-z]{2})", "", text)
    text = re.sub(r"ionized", "ionised", text).replace("hemoglobin", "haemoglobin").replace("celiac", "coeliac")
    text = re.sub(r"\b24[ -]?(?:hours?|hrs?|h)\b", "24 h", text).replace("urinary", "urine")
    text = re.sub(r"[^a-z0-9]+", " ", text)
    return " ".join(text.split())


def _bare(words: str) -> str:
    """Return normalised words without fillers; if nothing would be left, the words themselves."""
    kept = " ".join(w for w in words.split() if w not in _FILLERS)
    return kept or words


def _index(evidence: HasAnalytes) -> dict[str, str]:
    """Return normalised name -> analyte id; a name that two analytes share belongs to neither."""
    analytes = evidence.analytes
    if _Cache.analytes is analytes:
        return _Cache.names
    names: dict[str, str] = {}
    shared: set[str] = set()
    for analyte in analytes.values():
        for text in (analyte.id, analyte.name, *analyte.synonyms):
            for key in {_words(text), _bare(_words(text))}:
                if names.setdefault(key, analyte.id) != analyte.id:
                    shared.add(key)
    for key in shared:
        owner = [a.id for a in analytes.values() if key in {_words(a.id), _words(a.name)}]
        if len(owner) == 1:
            names[key] = owner[0]
        else:
            names.pop(key, None)
    _Cache.analytes, _Cache.names = analytes, names
    return names


def _digits(text: str) -> str:
    return "".join(re.findall(r"\d+", text))


def _short(text: str) -> list[str]:
    return sorted(w for w in text.split() if len(w) <= 2)


def _allowed(text: str) -> int:
    return 0 if len(text) < 5 else 1 if len(text) < 9 else 2


def _fuzzy(text: str, names: Mapping[str, str]) -> str | None:
    """Return the one analyte whose name is a slip away; digits must agree and no other analyte may be as near."""
    most = _allowed(text)
    best: dict[str, int] = {}
    for name, key in names.items():
        if not most or len(name) < 5 or abs(len(name) - len(text)) > most or _digits(name) != _digits(text):
            continue
        if _short(name) != _short(text) or (name[0] != text[0] and name[1:2] != text[1:2]):
            continue
        distance = OSA.distance(text, name, score_cutoff=most)
        if distance <= most:
            best[key] = min(best.get(key, most), distance)
    ranked = sorted(best.items(), key=lambda pair: pair[1])
    if not ranked or (len(ranked) > 1 and ranked[1][1] <= ranked[0][1]):
        return None
    return ranked[0][0]


def _variants(text: str) -> list[str]:
    """Return the spellings to try: as written, without a bracket, only the bracket, without fillers."""
    inside = re.findall(r"[(\[]([^)\]]*)[)\]]", text)
    outside = re.sub(r"[(\[][^)\]]*[)\]]", " ", text)
    before_comma = ", ".join(reversed([p.strip() for p in text.split(",", 1)])) if "," in text else text
    found = [_words(t) for t in (text, before_comma, outside, *inside)]
    return [v for w in found for v in dict.fromkeys((w, _bare(w))) if v]


def resolve_analyte(text: str, evidence: HasAnalytes) -> str | None:
    """Return the analyte that a name means.

    Parameters: text, the name as written; evidence, the curated facts. Returns: the analyte id, or None when the name
    is unknown, or could as well be another test.

    >>> from twitchwise.evidence import load_evidence
    >>> resolve_analyte("S-Magnesium", load_evidence()), resolve_analyte("pottasium", load_evidence())
    ('magnesium', 'potassium')
    """
    names = _index(evidence)
    variants = _variants(text)
    whole = variants[0] if variants else ""
    if _OTHER_TEST.search(whole):
        return None
    for variant in variants:
        found = names.get(variant)
        if found is not None and not _wrong_specimen(whole, evidence.analytes[found]):
            return found
    for variant in variants[:2]:
        found = _fuzzy(variant, names)
        if found is not None and not _wrong_specimen(whole, evidence.analytes[found]):
            return found
    return None


def _wrong_specimen(words: str, analyte: Analyte) -> bool:
    """Say whether the name speaks of urine or another fluid while the analyte is measured in blood."""
    return bool(_OTHER_SPECIMEN.search(words)) and "urine" not in analyte.specimen


_PANEL_INDEX = {
    name: panel for panel in _PANELS for name in (panel, *_PANEL_NAMES.get(panel, "").split("|")) if name
}  # fmt: skip


def panel_members(text: str) -> tuple[str, ...]:
    """Return the analytes of a panel, to which a result in words ("normal") applies.

    Parameters: text, the name of the panel as written. Returns: analyte ids, none when it is no panel.

    >>> panel_members("TFTs"), panel_members("U&E"), panel_members("potassium")
    (('tsh', 'free_t4'), ('sodium', 'potassium', 'creatinine', 'urea'), ())
    """
    words = _words(text)
    stripped = re.sub(r"\b(?:tests?|results?|panel|profile|screen|levels?)\b", " ", words)
    for name in (words, _bare(words), " ".join(stripped.split())):
        if name in _PANEL_INDEX:
            return _PANELS[_PANEL_INDEX[name]]
    return ()
