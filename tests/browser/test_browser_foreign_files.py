"""A file of another kind, opened in the app: named, and nothing is changed."""

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("pain.csv", b"day,neck\n2026-11-21,7\n2026-11-22,6\n", "a CSV file"),
        ("letter.pdf", b"%PDF-1.7\n1 0 obj\n", "a PDF"),
        ("photo.heic", b"\0\0\0\x24ftypheic\0\0\0\0mif1heic", "a HEIC picture"),
        ("record", b"SQLite format 3\0" + b"\0" * 84, "an SQLite database"),
    ],
)
def test_a_file_of_another_kind_is_named(explorer, shared_server, tmp_path, name, content, kind):
    (tmp_path / name).write_bytes(content)
    explorer.open_page("/settings")

    explorer.page.locator("input[type=file]").set_input_files(tmp_path / name)

    says = f"This is {kind}. Bodymap opens the file that it saved itself."
    expect(explorer.page.get_by_text(says)).to_be_visible()
    expect(explorer.button("Add them to my record")).to_have_count(0)
    assert shared_server.operations() == ()
