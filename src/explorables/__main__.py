"""`python -m explorables` is the same as the installed `explorables`."""

from explorables.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
