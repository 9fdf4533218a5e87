"""`python -m pensebete …`"""

import sys

from pensebete.cli.main import main

sys.exit(main(sys.argv[1:]))
