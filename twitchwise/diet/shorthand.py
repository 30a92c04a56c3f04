"""Short names and everyday words of food diaries, as the words of the food table."""

from __future__ import annotations

_PAIRS = """
almondmilk=almond milk; skinny=skimmed; cab sauv=red wine; sauv blanc=white wine; sav blanc=white wine
jkt=jacket potato; jkt potato=jacket potato; jacket=jacket potato
jacket potato=jacket potato; jacket potatoes=jacket potatoes; jacket spud=jacket potato; jackets=jacket potatoes
fishfinger=fish finger; fishfingers=fish fingers; mini cheddars=cheese crackers; minicheddars=cheese crackers
avo=avocado; avos=avocados; biccies=biscuits; bickies=biscuits; bolognaise=bolognese
brekkie=breakfast; brew=cup of tea; broc=broccoli; butty=sandwich; cals=calories; cauli=cauliflower; choc=chocolate
choc ice=ice cream bar; choc ices=ice cream bars; choccy=chocolate; chx=chicken; coconutmilk=coconut milk
cold brew=cold brew coffee; cold brew coffee=cold brew coffee; corn on the cob=corn cob; corn-on-the-cob=corn cob
crushed=; cuppa=cup of tea; dry roasted nuts=dry roasted peanuts
cuppa soup=cup of soup; cup a soup=cup of soup; cup-a-soup=cup of soup; soaked=; doppio=double espresso
tortilla de patatas=spanish omelette; tortilla espanola=spanish omelette; chashu=pork belly
evoo=olive oil; g&t=gin and tonic
garlic & herb=garlic and herb; guac=guacamole; m&s=; mac & cheese=macaroni cheese; mac and cheese=macaroni cheese
mac n cheese=macaroni cheese; marg=margarine; mlk=milk; mozz=mozzarella; mushies=mushrooms; nana=banana
new pots=new potatoes; oatmilk=oat milk; oj=orange juice; parm=parmesan; pb=peanut butter; pico=salsa
pico de gallo=salsa; rasps=raspberries; rice crispies=rice krispies; roast pots=roast potatoes; sarnie=sandwich
sarnies=sandwiches; slimline=tonic water; slimline tonic=tonic water; smashed=; soldiers=toast; soymilk=soy milk
spag=spaghetti; spag bol=spaghetti bolognese; spuds=potatoes; steak bake=beef pie; strawbs=strawberries; sw=sandwich
taters=potatoes; tatties=potatoes; toms=tomatoes; veg=vegetables; veggies=vegetables; w/o=without; w/out=without
activia=fruit yogurt; activia yogurt=fruit yogurt; activia yoghurt=fruit yogurt; muller light=fruit yogurt
vodka cranberry=vodka and cranberry juice; vodka coke=vodka and coke; vodka soda=vodka and soda water
vodka orange=vodka and orange; whisky coke=whisky and coke; gin lemonade=gin and lemonade
ww=wholemeal; yog=yogurt; yorkshire pud=yorkshire pudding; yorkshire puds=yorkshire puddings
yorkshires=yorkshire puddings
"""
SHORT = {
    short.strip(): words.strip()
    for line in _PAIRS.strip().splitlines()
    for short, _, words in (pair.partition("=") for pair in line.split(";"))
}
