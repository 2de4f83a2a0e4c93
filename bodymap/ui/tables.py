"""Tables as plain HTML: they keep their headings for screen readers, on a phone and on paper.

Where the page is narrow the rows become blocks (native.css); a block would lose its meaning as a
table, so each part names its role.
"""

from collections.abc import Sequence
from html import escape

import streamlit as st


def show_table(
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    are_short: bool = False,
    are_numbers: bool = False,
) -> None:
    """Show a table; the first cell of a row is its heading.

    Args:
        caption: what the table shows, as plain text.
        columns: the headings, as plain text.
        rows: as many cells as columns each, as HTML that is escaped already.
        are_short: the cells hold a word or two, and stand beside their headings on a phone.
        are_numbers: the cells hold a number or a word, and stay a table on a phone.
    """
    kind = "side-by-side" + " short" * are_short + " numbers" * are_numbers
    head = "".join(f'<th scope="col" role="columnheader">{escape(name)}</th>' for name in columns)
    body = "".join(f'<tr role="row">{_cells(columns, row)}</tr>' for row in rows)
    st.html(
        f'<div class="table-box"><table class="{kind}" role="table">'
        f"<caption>{escape(caption)}</caption>"
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _cells(columns: Sequence[str], row: Sequence[str]) -> str:
    first, *others = row
    cells = [f'<th scope="row" role="rowheader">{first}</th>']
    for name, cell in zip(columns[1:], others, strict=True):
        # The column's name again, shown only where the row has become a block.
        cells.append(
            f'<td role="cell"><span class="column" aria-hidden="true">{escape(name)}</span>'
            f"<span>{cell}</span></td>"
        )
    return "".join(cells)
