"""Charts as pure geometry: numbers in, places on a page out. `overrides/twofold/charts/` draws them.

A chart is drawn at a fixed width, one unit to a CSS pixel, inside a region that scrolls sideways where the
page is narrower: a drawing that shrank with the page would take its letters below what can be read on a
phone.
"""
