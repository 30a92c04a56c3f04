"""The commented file that a person starts from."""

from __future__ import annotations

_TEXT = """# Your record for twitchwise. Everything may be left out; what you write stays on this computer.
# Take the "#" away from a line to use it. Write in plain words. Check it with: twitchwise review FILE
# In an emergency (trouble breathing or swallowing, fainting, a seizure, sudden weakness) call for help first.

[person]
# age = 34                      # years; "8 months" for a baby
# sex = "female"                # or "male"
# weight = "70 kg"
# height = "172 cm"
# pregnant = "24 weeks"         # or true, false
# postpartum = "3 weeks"        # time since a birth
# breastfeeding = true
# skin = "dark"                 # dark skin makes less vitamin D
# latitude = 52                 # degrees north
# country = "Ireland"

# One block for each complaint. "main = true" marks what you want explained.
[[findings]]
what = "muscle twitching"
# where = ["eyelid"]            # one or more places
# since = "3 weeks"             # or a date: 2026-10-01
# onset = "sudden"              # sudden, hours, days, weeks, months
# course = "same"               # worse, same, better
# when = "at rest"              # at night, after exercise, after coffee ...
# note = "comes and goes"
# main = true

# What you looked for and do NOT have. These are worth answering:
# [[absent]]
# what = "muscle weakness"
# [[absent]]
# what = "trouble swallowing or speaking"
# [[absent]]
# what = "breathlessness"
# [[absent]]
# what = "chest pain, palpitations or fainting"
# [[absent]]
# what = "seizures"

# Only what a doctor or nurse found on examination.
# [[signs]]
# what = "brisk reflexes"

# [[medicines]]
# name = "omeprazole"           # brand names too
# dose = "20 mg daily"
# since = "18 months"
# changed = "2 weeks ago"       # when the dose last changed

# [[supplements]]
# name = "magnesium"
# dose = "250 mg daily"

# [[conditions]]
# name = "high blood pressure"

# [[procedures]]
# name = "thyroidectomy"
# when = "2 days ago"

# [[exposures]]                 # insecticide, nitrous oxide, drugs, bites ...
# what = "nitrous oxide"

# [diet]
# pattern = "vegan"
# diary = "march.csv"           # a food diary beside this file

# [habits]
# caffeine = "3 cups of coffee a day"
# alcohol = "none"
# sleep = "5 hours"
# stress = "exams"
# exercise = "ran a marathon yesterday"
# fluids = "1 litre a day"
# sun = "indoors all day"
# screen = "10 hours a day"
# nicotine = "none"

# [[labs]]
# test = "magnesium"
# value = "0.78 mmol/L"         # or "normal", "low", "high"
# range = "0.70-1.05"           # as printed by your laboratory
# date = 2026-10-01

# [[tests]]
# what = "EMG"
# result = "normal"
"""


def starting_file() -> str:
    """Return the commented starting file as TOML text.

    Returns: text that reads as a record with one finding.

    >>> starting_file().count("[[findings]]")
    1
    """
    return _TEXT
