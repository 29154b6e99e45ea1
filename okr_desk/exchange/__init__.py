"""Workbooks in and out. `sheets.py` declares every column once; reader, template and writer follow it."""
