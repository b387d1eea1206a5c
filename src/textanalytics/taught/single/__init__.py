"""One class a text: margins on words, centres of meaning and likeness to examples, added and calibrated."""
