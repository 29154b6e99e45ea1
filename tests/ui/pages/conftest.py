"""What the tests of pages share."""

from tests.ui.reviewing import open_review

__all__ = ["open_review"]
