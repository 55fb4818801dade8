"""Every page of the demo's portals before the Nu HTML checker: `make html`."""
