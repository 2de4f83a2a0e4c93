"""For a guest: keeping the record in the browser's own storage on this device, or not."""

from bodymap.ui.browser import component


def offer_to_keep() -> None:
    """Offer it; all of it happens in the browser, and the server hears nothing of it."""
    _component(key="keeping", data={})


_component = component("bodymap_keeping", "keeping", "offer")
