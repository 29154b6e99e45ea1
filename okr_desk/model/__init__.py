"""SQLModel tables (one file a word), the store, the audit hook and the migrations."""
