"""Pure rules: what may happen next, and who may; drafts and the checks on what is typed."""
