"""`python -m queries`, for developers; users type `leviers`."""

import sys

from queries.cli import main

if __name__ == "__main__":
    sys.exit(main())
