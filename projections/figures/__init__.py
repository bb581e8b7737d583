"""Figures: counts that may be published; no handle, no name, and no small number worked out."""

from projections.figures.counting import Period, count_account
from projections.figures.publishing import Figure, published
from projections.figures.tally import Cell, Tally

__all__ = ["Cell", "Figure", "Period", "Tally", "count_account", "published"]
