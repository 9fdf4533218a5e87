"""What the figures are measured against."""

from pathlib import Path

BARE = Path(__file__).parent / "bare" / "app.py"  # a bare page of the same framework
CHARTS = Path(__file__).parent / "charts" / "app.py"  # the same with its own charts
