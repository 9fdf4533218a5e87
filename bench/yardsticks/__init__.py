"""What the figures are measured against."""

from pathlib import Path

BARE = Path(__file__).parent / "bare" / "app.py"  # a bare page of the same framework
