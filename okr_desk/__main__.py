"""`okr-desk` alone opens the window; with words behind it, it is the command line, which never loads Qt."""

from __future__ import annotations

import sys


def main() -> int:
    """The entry of the installed program."""
    if len(sys.argv) > 1:
        from okr_desk import cli

        return cli.main(sys.argv[1:])
    from okr_desk import app

    return app.main([])


if __name__ == "__main__":
    sys.exit(main())
