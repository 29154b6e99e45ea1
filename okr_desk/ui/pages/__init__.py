"""One file a page; each answers its own question."""
