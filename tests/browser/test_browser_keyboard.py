"""Everything by keyboard alone, nothing by accident."""

from explorer import BY_ITSELF, TOUCHED
from playwright.sync_api import expect


def test_the_keyboard_alone_marks_a_point_from_page_load_in_twelve_presses(explorer, shared_server):
    explorer.open()

    explorer.press_keys("Tab", "Enter")  # skip to the main content
    explorer.press_tab_until(explorer.area("Back of the head"))
    explorer.press_keys("ArrowDown", "ArrowDown")
    expect(explorer.area("Between the shoulder blades")).to_be_focused()
    explorer.press_keys("Enter")
    first = explorer.open_area_points.get_by_role("radio").first
    expect(first).to_be_focused()
    name = first.get_attribute("aria-label")
    explorer.press_keys("Enter").sees_title(*name.rsplit(", ", 1))
    explorer.press_keys("7")

    explorer.sees_level(7).sees_saved()
    assert explorer.actions <= 12
    explorer.sees_mark(name, "marked 7 of 10 when touched")
    (operation,) = shared_server.operations()
    assert (operation.touched_nrs, operation.by_itself_nrs) == (7, None)


def test_arrows_move_over_the_picture_and_choose_nothing(explorer):
    explorer.open()
    explorer.area("Between the shoulder blades").focus()
    address = explorer.page.url

    explorer.press_keys("ArrowLeft")
    expect(explorer.area("Shoulder blade, left")).to_be_focused()
    explorer.press_keys("ArrowRight", "ArrowRight")
    expect(explorer.area("Shoulder blade, right")).to_be_focused()
    explorer.press_keys("Home")
    expect(explorer.area("Back of the head")).to_be_focused()

    explorer.sees_title("Where does it hurt?")
    assert explorer.page.url == address
    explorer.press_keys("Space")
    explorer.sees_title("Back of the head")


def test_tab_leads_from_the_point_through_both_scales_and_marks_nothing_on_the_way(
    explorer, shared_server
):
    explorer.open("/?point=rhomboid-major-upper&side=left")
    explorer.point("Rhomboid, upper, left").focus()

    explorer.press_keys("Tab")
    expect(explorer.level(0)).to_be_focused()
    explorer.press_keys("ArrowRight", "ArrowRight", "ArrowRight", "Tab")
    expect(explorer.level(0, BY_ITSELF)).to_be_focused()
    explorer.press_keys("End")
    expect(explorer.level(10, BY_ITSELF)).to_be_focused()

    explorer.sees_no_level(TOUCHED).sees_no_level(BY_ITSELF)
    explorer.press_keys("Space")
    explorer.sees_level(10, BY_ITSELF).sees_no_level(TOUCHED).sees_saved()
    (operation,) = shared_server.operations()
    assert (operation.touched_nrs, operation.by_itself_nrs) == (None, 10)


def test_one_and_then_zero_is_ten(explorer, shared_server):
    explorer.open("/?point=rhomboid-major-upper&side=left")
    explorer.level(3).focus()

    explorer.press_keys("1", "0")

    explorer.sees_level(10).sees_saved()
    assert shared_server.operations()[-1].touched_nrs == 10


def test_focus_stays_where_the_person_is_while_the_server_answers(explorer):
    explorer.open("/?point=rhomboid-major-upper&side=left")
    explorer.level(3).focus()

    explorer.press_keys("4")
    explorer.sees_saved()

    expect(explorer.level(4)).to_be_focused()


def test_escape_leads_out_step_by_step_and_the_focus_comes_along(explorer):
    explorer.open("/?point=rhomboid-major-upper&side=left")
    explorer.level(3).focus()

    explorer.press_keys("Escape").sees_title("Between the shoulder blades", "left")
    expect(explorer.open_area_points.locator(":focus")).to_have_count(1)

    explorer.press_keys("Escape", "Escape")  # the first takes away the name tag
    explorer.sees_title("Where does it hurt?")
    expect(explorer.area("Between the shoulder blades")).to_be_focused()


def test_letters_that_are_shortcuts_of_the_page_do_nothing_inside_the_map(explorer):
    """Streamlit runs the whole script again on r and offers to clear its caches on c."""
    explorer.open().area("Between the shoulder blades").focus()
    explorer.sent.clear()
    explorer.press_keys("Enter").sees_title("Between the shoulder blades")
    expect(explorer.open_area_points.get_by_role("radio").first).to_be_focused()
    for_one_choice = len(explorer.sent)
    explorer.sent.clear()

    explorer.press_keys("r", "c", "Shift+R", "Shift+C", "Enter")
    expect(explorer.pad).to_be_visible()
    explorer.sees_title("Middle trapezius, inner", "left")

    assert for_one_choice > 0
    assert len(explorer.sent) == for_one_choice
    expect(explorer.page.get_by_role("dialog")).to_have_count(0)


def test_outside_the_map_r_still_belongs_to_the_page(explorer):
    """Without this the test above could not fail."""
    explorer.open().page.get_by_role("link", name="Settings").focus()

    with explorer.socket.expect_event("framesent"):
        explorer.press_keys("r")
