"""The write side: one function a use case, `(session, actor, draft) -> Outcome`. Services never commit."""
