"""Paper: PDF documents drawn from snapshots. `registry.py` lists every document."""
