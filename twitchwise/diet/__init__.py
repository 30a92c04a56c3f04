"""Diet: from diary lines to foods, intakes with coverage, and adequacy."""
