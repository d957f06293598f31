"""The stage's settings, as an operator changes them."""
