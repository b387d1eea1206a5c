"""Who belongs together: themes that mix, that are one, that stand side by side, and who leaves them."""
