"""Whom to call, by country."""

from __future__ import annotations

from twitchwise.evidence.types import Cite

EU = Cite("ec_112_notice_2009", "112 in every EU country")
NUMBERS: dict[str, tuple[str, Cite]] = {
    "united kingdom": ("999", Cite("secamb_call_999", "when to call 999")),
    "united states": ("911", Cite("us_911_gov_copy", "call 911 in an emergency")),
    "canada": ("911", Cite("crtc_911", "emergency 9-1-1 services")),
    "european union": ("112", EU),
    "australia": ("000", Cite("acma_triple_zero", "the primary emergency number")),
    "new zealand": ("111", Cite("nz_govt_111", "ambulance: dial 111")),
    "india": ("112", Cite("india_erss_112", "one number for police, fire and health")),
    "japan": ("119", Cite("jp_119_kitakyushu", "how to call")),
}
MEMBERS = (
    "at austria be belgium bg bulgaria hr croatia cy cyprus cz czechia dk denmark ee estonia fi finland fr france "
    "de germany gr greece hu hungary ie ireland it italy lv latvia lt lithuania lu luxembourg mt malta nl netherlands "
    "pl poland pt portugal ro romania sk slovakia si slovenia es spain se sweden eu"
).split()
OTHER_NAMES = {
    "united kingdom": "uk gb gbr britain england scotland wales".split(),
    "united states": "us usa america".split(),
    "canada": ["ca", "can"],
    "australia": ["au", "aus"],
    "new zealand": ["nz", "nzl"],
    "india": ["in", "ind"],
    "japan": ["jp", "jpn"],
    "european union": MEMBERS,
}
ALIASES = {alias: name for name, aliases in OTHER_NAMES.items() for alias in (name, *aliases)} | {
    "great britain": "united kingdom",
    "northern ireland": "united kingdom",
    "united states of america": "united states",
    "czech republic": "european union",
    "the netherlands": "european union",
}


def call(country: str) -> str:
    """Return the words that say whom to call in an emergency.

    Parameters: country, a name or a two-letter code, or "". Returns: for example "call 999".

    >>> call("UK"), call("")
    ('call 999', 'call your local emergency number')
    """
    name = ALIASES.get(country.strip().lower().replace(".", ""))
    return f"call {NUMBERS[name][0]}" if name else "call your local emergency number"
