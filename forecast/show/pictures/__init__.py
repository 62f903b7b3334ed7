"""Pictures: data in, a matplotlib figure out; a thin edge writes it as a file."""

from forecast.show.pictures.files import write_figure
from forecast.show.pictures.gathering import figure_of

__all__ = ["figure_of", "write_figure"]
