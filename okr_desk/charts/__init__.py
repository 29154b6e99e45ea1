"""A snapshot in, a matplotlib Figure out; the same figure serves screen and paper. No Qt, no pyplot."""
