"""Images: those of the content folder are shown, those of other hosts become links."""

from __future__ import annotations

from twofold.diagnostics import Rule, Severity

REMOTE_IMAGE = Rule(
    code="TF607",
    slug="remote-image",
    severity=Severity.WARNING,
    message="The image {url} is on another host; it is shown as a link",
    page="""\
An image is loaded from another host. In the portal it stands as a link with the image's text.

A page that loads from another host tells that host who reads it, and when, and changes when the host does.
Portals of Twofold load nothing from elsewhere: what was reviewed is what is shown.

Wrong:

    ![The chart, offline](https://images.example.com/chart.png)

Right, with the image kept beside the record:

    ![The chart, offline](../images/chart.png)

Or as a link, where the other host is meant:

    [The chart, offline](https://images.example.com/chart.png)
""",
)


def is_remote(url: str) -> bool:
    """Whether an image's address is on another host."""
    return url.lower().lstrip().startswith(("http:", "https:", "//", "\\\\"))
