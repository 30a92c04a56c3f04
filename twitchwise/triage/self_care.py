"""Pictures that need no visit first; each holds only while nothing else is reported."""

from __future__ import annotations

from twitchwise.triage.picture import (
    COFFEE,
    CRAMPING,
    CRAMPS,
    EFFORT,
    LID,
    MANY,
    MIND,
    TWITCHES,
    beyond_lid,
    exercised,
    only,
    plain,
    reassured,
    with_caffeine,
)
from twitchwise.triage.rule import because, rule
from twitchwise.triage.view import View

STRAIN = frozenset({"back_pain", "back_spasm", "muscle_spasm", "neck_pain", "muscle_tenderness"})
HEAT_CRAMP = frozenset({"muscle_spasm", "fast_breathing", "back_spasm"})


@rule("rt_screen")
def _lid(see: View) -> str | None:
    holds = see.has("eyelid_twitching") and plain(see) and only(see, LID, MIND, COFFEE if with_caffeine(see) else LID)
    short = not see.lasting("eyelid_days", "eyelid_twitching")
    return because(
        "an eyelid twitch and nothing else" if holds and short else "",
        "lids do this when tired, tense or full of coffee",
    )


@rule("rt_self")
def _twitch(see: View) -> str | None:
    holds = (
        see.has("muscle_twitching") and plain(see) and only(see, TWITCHES, MIND, COFFEE if with_caffeine(see) else LID)
    )
    short = bool(beyond_lid(see)) and not see.lasting("eyelid_days", "muscle_twitching")
    return because(
        "a twitch in one place and nothing else" if holds and short else "", "most such twitches go by themselves"
    )


@rule("rt_under40")
def _under_40(see: View) -> str | None:
    found = "only twitching, under 40, full strength and normal tests" if reassured(see) else ""
    return because(found, "no further test is needed as long as nothing new comes")


@rule("sc_after_effort")
def _after_effort(see: View) -> str | None:
    holds = (
        see.has("muscle_twitching") and exercised(see) and plain(see) and only(see, MANY, CRAMPS, MIND, EFFORT, COFFEE)
    )
    short = not see.lasting("twitch_days", "muscle_twitching")
    return because("twitching after exercise" if holds and short else "", "tired muscles do this for a day or two")


@rule("rt_cramp_self")
def _cramp(see: View) -> str | None:
    stays = see.how(("constant", "worsening"), "muscle_cramps", "leg_pain", "muscle_pain")
    holds = see.has("muscle_cramps") and plain(see) and not see.tag(*CRAMPING) and not stays
    return because(
        "cramps in a healthy person" if holds and only(see, CRAMPS, MIND, EFFORT) else "", "stretching ends most cramps"
    )


@rule("sc_effort_cramp")
def _effort_cramp(see: View) -> str | None:
    holds = exercised(see) and see.has("muscle_cramps", "muscle_spasm") and plain(see)
    found = holds and only(see, CRAMPS, MIND, EFFORT, HEAT_CRAMP, MANY)
    return because("cramps with exercise or heat" if found else "", "rest, a drink and stretching come first")


@rule("sc_back")
def _back(see: View) -> str | None:
    holds = see.has("back_spasm") and plain(see) and only(see, STRAIN, MIND)
    return because("a back spasm without nerve signs" if holds else "", "staying active helps most")


@rule("sc_sleep_starts")
def _sleep_starts(see: View) -> str | None:
    holds = see.has("sleep_jerks") and plain(see) and only(see, frozenset({"sleep_jerks"}), MIND)
    return because("jerks only on falling asleep" if holds else "", "almost everybody has them")


@rule("sc_caffeine")
def _caffeine(see: View) -> str | None:
    holds = (
        with_caffeine(see)
        and plain(see)
        and only(see, MANY, MIND, COFFEE, frozenset({"low_mood", "thirst", "dry_mouth"}))
    )
    long = see.lasting("twitch_days", "limb_twitching")
    return because(
        "complaints that caffeine can cause" if holds and not long else "",
        "cutting down slowly shows whether it is the cause",
    )
