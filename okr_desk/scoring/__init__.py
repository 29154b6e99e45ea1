"""Pure arithmetic: no I/O, no clock, no session. Numbers in, explained numbers out."""
