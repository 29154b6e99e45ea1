"""The read side: a session in, frozen snapshots out. Rows never leave this folder."""
