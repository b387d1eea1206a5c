"""An e-mail to whoever has no system of their own."""
