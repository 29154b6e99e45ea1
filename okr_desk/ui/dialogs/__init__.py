"""Dialogs collect a draft and know nothing else; each has an `ask` class method."""
