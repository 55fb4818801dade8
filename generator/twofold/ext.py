"""What plug-ins may use. Everything here stays; everything else of Twofold may change between versions.

A scoring model is a class without arguments that has what `Model` says, registered in the plug-in's own
`pyproject.toml`:

    [project.entry-points."twofold.scoring"]
    kano = "acme_scoring:Kano"

and chosen with `scoring: kano` in the settings, or with `twofold score --model kano`.
"""

from twofold.scoring.hearing import Rating
from twofold.scoring.protocol import Candidate, Input, Model

__all__ = ["Candidate", "Input", "Model", "Rating"]
