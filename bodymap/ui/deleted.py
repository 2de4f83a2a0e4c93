"""What was deleted, told to the tab: its outboxes must not offer it again.

The deletion goes to the browser on the page where it was made, where no outbox is. So all that the
tab keeps then was made before, whatever its clock says, and what is made afterwards stays.
"""

from bodymap.ui.browser import component, version
from bodymap.ui.session import Session


def tell_the_tab(session: Session, said: str = "") -> None:
    """Have the tab forget what was deleted in this session; call it where things are deleted.

    said: one sentence, shown once the tab has forgotten.
    """
    if not session.deletions:
        return
    _component(
        key="deleted",
        data={
            "v": version(),
            "deletions": [
                {
                    "id": deletion.id,
                    "first": deletion.first.isoformat(),
                    "last": deletion.last.isoformat(),
                    "place": deletion.place and list(deletion.place),
                }
                for deletion in session.deletions
            ],
            "said": said,
        },
    )


_component = component("bodymap_deleted", "deleted", "page")
