"""Explanations from the same facts as the review: explain, compare, questions people ask, claims."""
