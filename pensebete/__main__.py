"""`python -m pensebete …`"""

import sys

from pensebete.cli import main

sys.exit(main(sys.argv[1:]))
