"""Foods that a person looked at because a check of test_foods_data.py stands out there, each with the reason."""

from __future__ import annotations

# Rows whose parts do not add up, with the reason; everything else must.
_ACID = "the acetic acid is none of the parts"
_SPICE = "its parts do not add up in the release itself"
PARTS_OFF = {
    "baking_soda": "the gas that leaves it in the oven is none of the parts",
    "black_bean_sauce": "no ash in the release; what is left over is its salt",
    "black_pepper": _SPICE,
    "white_pepper": _SPICE,
    "vinegar": _ACID,
    "vinegar_balsamic": _ACID,
    "vinegar_white": _ACID,
}

# Rows whose energy is not what the Atwater factors give
_ACETIC = "the release counts its acetic acid too"
_FIBROUS = "the release uses low factors for foods that are largely fibre: cocoa 1.33, spices and algae below 4"
_BRAN = "the release counts bran as partly undigested: 1.8-2.4 kcal per gram"
ENERGY_OFF = {
    "cereal_all_bran": _BRAN,
    "cereal_fibre_one": _BRAN,
    "oat_bran_cooked": _BRAN,
    "oat_bran_dry": _BRAN,
    "rice_bran": _BRAN,
    "wheat_bran": _BRAN,
    "cayenne": _FIBROUS,
    "cloves": _FIBROUS,
    "cocoa_powder": _FIBROUS,
    "jam_no_sugar": "the release leaves out what its sweetener and thickener do not give",
    "seaweed_dried": _FIBROUS,
    "vinegar": _ACETIC,
    "vinegar_balsamic": _ACETIC,
    "vinegar_white": _ACETIC,
    "baking_powder": "much of what is counted as carbohydrate is salts",
    "stevia": "a sweetener that gives no energy",
    "sugar_free_gum": "sugar alcohols count 2.4 kcal per gram",
    "spirulina_dried": "the release counts its protein as that of a vegetable: 2.44 kcal per gram",
}

# Values above 8 x the 95th percentile of their group: looked at by a person, with the reason.
_DRY = "a dry food or powder among fresh or made-up ones"
_LIGHT = "vitamin D that the fungus makes in light"
_SALT = "kept in brine, or a salt itself"
_YEAST = "yeast is rich in B vitamins"
_ADDED = "the maker adds it, and the name or note says so"
_NATURE = "known for it"
OUTLIERS = {
    "agar_dried": {"magnesium": _DRY},
    "spirulina_dried": {"protein": _DRY, "iron": _DRY, "thiamine": _DRY},
    "mushroom_chanterelle_raw": {"vitamin_d": _LIGHT},
    "mushroom_shiitake_dried": {"vitamin_d": _LIGHT},
    "mushroom_white_uv": {"vitamin_d": _LIGHT},
    "olives_black": {"sodium": _SALT},
    "olives_green": {"sodium": _SALT},
    "lo_salt": {"potassium": _SALT},
    "salt_substitute_kcl": {"potassium": _SALT},
    "yeast_dried": {"thiamine": _YEAST, "folate": _YEAST},
    "nutritional_yeast": {"thiamine": _YEAST, "folate": _YEAST},
    "nutritional_yeast_fortified": {"vitamin_b12": _ADDED},
    "yeast_extract_spread": {"thiamine": _YEAST, "folate": _YEAST},
    "marmite": {"vitamin_b12": _ADDED, "thiamine": _YEAST, "folate": _YEAST},
    "cereal_bar_fruit": {"vitamin_b6": _ADDED},
    "protein_bar": {"vitamin_d": _ADDED},
    "meal_bar": {"vitamin_d": _ADDED},
    "malted_drink_powder": dict.fromkeys(("iron", "zinc", "vitamin_d", "thiamine"), _ADDED),
    "vodka_energy": {"vitamin_b12": "the energy drink in it", "vitamin_b6": "the energy drink in it"},
    "whey_protein_powder": {"protein": _DRY},
    "matcha_powder": dict.fromkeys(("fibre", "iron", "folate", "vitamin_k", "caffeine", "potassium"), _DRY),
    "coffee_instant_powder": {"caffeine": _DRY, "potassium": _DRY},
    "coffee_creamer": {"fat": _DRY},
    "soya_protein_powder": {"protein": _DRY, "iron": _DRY},
    "whey_powder": {"potassium": _DRY},
    "chocolate_coffee_beans": {"caffeine": "coffee beans"},
    "soymilk_chocolate": {"caffeine": "the cocoa in it"},
    "hollandaise": {"vitamin_d": "egg yolk and butter"},
    "oysters": {"zinc": _NATURE},
    "liver_chicken": {"folate": _NATURE},
    "liver_beef": {"vitamin_b12": _NATURE},
    "liver_lamb": {"vitamin_b12": _NATURE},
    "creamed_spinach": {"vitamin_k": _NATURE},
    "egg_salad": {"vitamin_k": "the oil of the mayonnaise"},
    "liqueur_cream": {"fat": "the cream in it"},
    "cream_of_tartar": {"potassium": _SALT},
    "vine_leaves_tinned": {"sodium": _SALT},
    "cereal_total_whole_grain": {"calcium": _ADDED},
    "oil_cod_liver": {"vitamin_d": _NATURE},
    "moules_frites": {"vitamin_b12": "mussels"},
    "liver_onions": {"vitamin_b12": _NATURE},
    "haggis": {"vitamin_b12": "the liver in it"},
    "cocoa_powder": {"caffeine": _DRY},
    "sarson_saag": {"vitamin_k": _NATURE},
    "sashimi_salmon": {"vitamin_d": "salmon among mixed dishes"},
}
