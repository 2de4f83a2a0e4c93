"""Every named check holds on the committed data, and every one of them can fail."""

import dataclasses
import json
import shutil
from types import MappingProxyType

import numpy as np
import pytest

from bodymap.atlas import BODIES, DATA, checks, emergency, load
from bodymap.atlas.checks import anatomy, figures, frame, readability, review, texts, wording
from bodymap.atlas.checks.registry import CHECKS, STATIC, Subject, intent
from bodymap.atlas.model import WPI_AREAS, Complaint, LimbAnchor

ATLAS = load()
SUBJECT = Subject(ATLAS, emergency.load())


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_committed_data_passes(check):
    assert list(check(SUBJECT)) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_check_says_in_one_sentence_what_it_wants(check):
    assert 20 <= len(intent(check)) <= 110


@pytest.mark.parametrize("rule", anatomy.RULES, ids=lambda rule: rule.name)
def test_every_anatomical_rule_holds_on_every_body(rule):
    values = [(body, value, holds) for body, r, value, holds in MEASURED if r is rule]

    assert [body for body, _, _ in values] == list(BODIES)
    assert all(holds for _, _, holds in values), values


MEASURED = list(anatomy.measured(SUBJECT))


def with_point(id_, **changes):
    """The atlas with one point changed; its figures are built anew."""
    points = dict(ATLAS.points)
    points[id_] = dataclasses.replace(points[id_], **changes)
    return with_atlas(points=MappingProxyType(points))


def with_area(id_, **changes):
    areas = dict(ATLAS.areas)
    areas[id_] = dataclasses.replace(areas[id_], **changes)
    return with_atlas(areas=MappingProxyType(areas))


def with_text(key, **changes):
    known = dict(ATLAS.texts)
    known[key] = dataclasses.replace(known[key], **changes)
    return with_atlas(texts=MappingProxyType(known))


def with_atlas(**changes):
    return dataclasses.replace(SUBJECT, atlas=dataclasses.replace(ATLAS, **changes))


def without(mapping, key):
    return MappingProxyType({k: v for k, v in mapping.items() if k != key})


def bare_text():
    text = ATLAS.text("point", "rhomboid-minor")
    sections = {level: text.sections(level)[1:] for level in ("patient", "clinical")}
    return with_text(("point", "rhomboid-minor"), _sections=sections)


def uncited_text():
    text = ATLAS.text("point", "rhomboid-minor")
    leads = {"patient": (texts.Statement("Rub it daily.", (), False),), "clinical": ()}
    assert text.lead("patient") != leads["patient"]
    return with_text(("point", "rhomboid-minor"), _leads=leads)


def with_lead(key, words, source="D"):
    text = ATLAS.texts[key]
    lead = (texts.Statement(words, (source,), False),)
    leads = {"patient": lead, "clinical": text.lead("clinical")}
    return with_text(key, _leads=leads)


def with_sections(key, kept, lead=None):
    text = ATLAS.texts[key]
    sections = {level: text.sections(level)[kept] for level in ("patient", "clinical")}
    leads = {level: text.lead(level) for level in ("patient", "clinical")}
    if lead:
        leads["patient"] = (texts.Statement(lead, ("D",), False),)
    return with_text(key, _sections=sections, _leads=leads)


def with_page(id_, **changes):
    page = dataclasses.replace(ATLAS.text("learn", id_).page, **changes)
    return with_text(("learn", id_), page=page)


def orphaned(id_):
    """The atlas without any link from a learn page to one of them."""
    known = dict(ATLAS.texts)
    for text in ATLAS.learn_pages:
        pages = tuple(linked for linked in text.page.pages if linked != id_)
        page = dataclasses.replace(text.page, pages=pages)
        known["learn", text.id] = dataclasses.replace(text, page=page)
    return with_atlas(texts=MappingProxyType(known))


def with_therapy(id_, **changes):
    therapies = dict(ATLAS.therapies)
    therapies[id_] = dataclasses.replace(therapies[id_], **changes)
    return with_atlas(therapies=MappingProxyType(therapies))


def half_an_area_moved():
    calf = ATLAS.areas["calf"]
    outlines = {**calf.outlines, "right": calf.outlines["right"] + np.array([0.01, 0])}
    return with_area("calf", outlines=MappingProxyType(outlines))


FAULTS = {
    "two points with one code": (
        frame.every_id_is_unique,
        lambda: with_point("rhomboid-minor", code="TP01"),
        "TP01 is used 2 times.",
    ),
    "a point lost": (
        frame.there_are_75_points_in_34_muscles,
        lambda: with_atlas(points=without(ATLAS.points, "rhomboid-minor")),
        "There are 62 trigger points, not 63.",
    ),
    "a point lost, counted on a body": (
        figures.every_body_carries_every_point,
        lambda: with_atlas(points=without(ATLAS.points, "rhomboid-minor")),
        "male: 145 points are placed, not 147.",
    ),
    "a right outline out of place": (
        frame.sided_areas_have_both_sides,
        half_an_area_moved,
        "calf: the right outline doesn't mirror the left.",
    ),
    "areas that don't fit together": (
        frame.areas_tile_the_frame,
        half_an_area_moved,
        "has an area on one side only",
    ),
    "an area lost": (
        frame.areas_tile_the_frame,
        lambda: with_atlas(areas=without(ATLAS.areas, "sacrum")),
        "has an area on one side only",
    ),
    "left and right of the pain index swapped": (
        frame.the_pain_index_areas_are_unions_of_areas,
        lambda: with_area("jaw", wpi={"left": "jaw_right", "right": "jaw_left"}),
        "jaw: its left belongs to jaw_right.",
    ),
    "a pain index area without areas": (
        frame.the_pain_index_areas_are_unions_of_areas,
        lambda: with_area("jaw", wpi={}),
        "No area belongs to jaw_left.",
    ),
    "a pain index area in two pieces": (
        frame.each_pain_index_area_is_one_piece,
        lambda: with_area("calf", wpi={"left": "neck", "right": "lower_leg_right"}),
        "back: calf left lies apart from the rest of neck.",
    ),
    "a body that doesn't exist": (
        figures.every_body_has_both_figures,
        lambda: with_atlas(bodies=("giant",)),
        "giant, back: giant.json: the file is missing",
    ),
    "a point off the body": (
        figures.points_lie_inside_the_skin,
        lambda: with_point("trapezius-upper-edge", y=0.008),
        "UTR1 trapezius-upper-edge, left, is -",
    ),
    "a point in the wrong area": (
        figures.points_lie_in_their_area,
        lambda: with_point(
            "tender-knee", limb=LimbAnchor("knee", "ankle", 0.5, 0), area="knee-front"
        ),
        "TP09 tender-knee, left, lies in shin left, not in knee-front left.",
    ),
    "a trigger point off its muscle": (
        figures.trigger_points_lie_on_their_muscle,
        lambda: with_point("rhomboid-minor", y=0.25),
        "mm off rhomboid-minor.",
    ),
    "levels out of order": (
        figures.spinal_levels_fall_in_order,
        lambda: with_atlas(
            landmarks=tuple(
                dataclasses.replace(mark, y=0.12) if mark.level == "T5" else mark
                for mark in ATLAS.landmarks
            )
        ),
        "neutral, back: T5 lies -",
    ),
    "a rhomboid point over the blade": (
        anatomy.points_keep_their_anatomical_place,
        lambda: with_point("rhomboid-minor", x=0.40),
        "RHM1 lies medial to the scapular border: -",
    ),
    "a piriformis point above its line": (
        anatomy.points_keep_their_anatomical_place,
        lambda: with_point("piriformis-outer", y=0.74),
        "PIR1 lies between sacrum and trochanter: ",
    ),
    "no text": (
        texts.everything_has_a_text,
        lambda: with_atlas(texts=without(ATLAS.texts, ("area", "calf"))),
        "texts/areas/calf.md is missing.",
    ),
    "a text about nothing": (
        texts.everything_has_a_text,
        lambda: with_atlas(points=without(ATLAS.points, "rhomboid-minor")),
        "texts/points/rhomboid-minor.md belongs to no point.",
    ),
    "a heading lost": (
        texts.texts_have_all_headings,
        bare_text,
        "texts/points/rhomboid-minor.md, patient: lacks Where it is.",
    ),
    "a statement without source": (
        texts.every_statement_names_its_source,
        uncited_text,
        "texts/points/rhomboid-minor.md, patient: 'Rub it daily.…' names no source.",
    ),
    "a source lost": (
        texts.every_statement_names_its_source,
        lambda: with_atlas(sources=without(ATLAS.sources, "S116")),
        "names S116, which doesn't exist.",
    ),
    "a long summary": (
        texts.summaries_fit_in_a_list,
        lambda: with_text(("area", "calf"), summary="x" * 41),
        "texts/areas/calf.md: the summary has 41 characters.",
    ),
    "no warning signs at the chest": (
        texts.emergencies_come_first_where_they_must,
        lambda: with_text(("area", "chest"), emergency=None),
        "texts/areas/chest.md: lies in chest and has no emergency key.",
    ),
    "an unknown emergency": (
        texts.emergencies_come_first_where_they_must,
        lambda: with_text(("area", "calf"), emergency="sunburn"),
        "texts/areas/calf.md: emergency/sunburn.md doesn't exist.",
    ),
    "a pressed carotid": (
        texts.dangerous_points_are_never_pressed,
        lambda: with_text(("point", "scalenes"), press="gentle"),
        "texts/points/scalenes.md: press is 'gentle', not 'no'.",
    ),
    "a complaint that leads nowhere": (
        texts.complaints_lead_somewhere,
        lambda: with_atlas(
            complaints={"x": Complaint("x", "x", (), ("nose",), "", "nose", ("S0",))}
        ),
        "complaints.csv, x: there is no point nose.",
    ),
    "no text for a muscle": (
        texts.everything_has_a_text,
        lambda: with_atlas(texts=without(ATLAS.texts, ("muscle", "piriformis"))),
        "texts/muscles/piriformis.md is missing.",
    ),
    "a text about a muscle without points": (
        texts.everything_has_a_text,
        lambda: with_atlas(points=without(ATLAS.points, "serratus-anterior")),
        "texts/muscles/serratus-anterior.md belongs to no muscle.",
    ),
    "a muscle of the chest without warning signs": (
        texts.emergencies_come_first_where_they_must,
        lambda: with_text(("muscle", "pectoralis-major"), emergency=None),
        "texts/muscles/pectoralis-major.md: lies in chest and has no emergency key.",
    ),
    "a learn page that doesn't say how sure it is": (
        texts.texts_have_all_headings,
        lambda: with_sections(("learn", "causes"), slice(0, -1)),
        "learn/causes.md: doesn't end with How sure is this?",
    ),
    "a therapy without source": (
        texts.every_statement_names_its_source,
        lambda: with_therapy("heat", evidence=texts.Statement("Warm.", (), False)),
        "therapies.csv, verdicts.csv, heat: 'Warm.…' names no source.",
    ),
    "a text too long": (
        wording.texts_are_short_enough,
        lambda: with_lead(("point", "rhomboid-minor"), "word " * 241),
        "texts/points/rhomboid-minor.md, patient: has ",
    ),
    "a statement too long": (
        wording.texts_are_short_enough,
        lambda: with_lead(("learn", "causes"), "word " * 61),
        "learn/causes.md: one statement has 61 words.",
    ),
    "a word that makes light of pain": (
        wording.nothing_makes_light_promises_or_blames,
        lambda: with_lead(("learn", "causes"), "Just relax."),
        "learn/causes.md: 'Just' makes light of it.",
    ),
    "a promise": (
        wording.nothing_makes_light_promises_or_blames,
        lambda: with_therapy("heat", evidence=texts.Statement("A sure cure.", ("G",), False)),
        "therapies.csv, heat: 'cure' promises.",
    ),
    "blame": (
        wording.nothing_makes_light_promises_or_blames,
        lambda: with_lead(("area", "calf"), "It is your own fault."),
        "texts/areas/calf.md: 'your own fault' blames.",
    ),
    "general teaching that sounds like evidence": (
        wording.general_teaching_is_worded_as_such,
        lambda: with_lead(("learn", "causes"), "Trauma causes it.", "G"),
        "learn/causes.md, patient: 'Trauma causes it.…' is general teaching and sounds like",
    ),
    "a learn page that leads nowhere": (
        wording.learn_pages_lead_somewhere,
        lambda: with_page("causes", areas=("nose",)),
        "learn/causes.md: leads to the area nose, which is none.",
    ),
    "a learn page that nothing leads to": (
        wording.learn_pages_lead_somewhere,
        lambda: orphaned("often-said"),
        "learn/often-said.md: no other learn page leads to it.",
    ),
    "two learn pages in one place": (
        wording.learn_pages_lead_somewhere,
        lambda: with_page("causes", order=7),
        "learn: the orders are 1, 2, 3, 4, 5, 6, 7, 7, 9",
    ),
    "a therapy that no page shows": (
        wording.every_therapy_is_shown,
        lambda: with_page("medicines", therapies=()),
        "therapies.csv, tramadol: no learn page shows it.",
    ),
    "a text that is hard to read": (
        readability.patients_can_read_it,
        lambda: with_sections(("area", "calf"), slice(0, 0), "Paraesthesia necessitates care."),
        "texts/areas/calf.md reads at grade ",
    ),
    "a source without address": (
        texts.sources_can_be_found,
        lambda: with_atlas(
            sources={"S1": dataclasses.replace(ATLAS.sources["S1"], urls=(), note="")}
        ),
        "sources.csv, S1: has neither url nor note.",
    ),
    "a stale map": (
        figures.the_published_map_is_current,
        lambda: with_area("calf", name="Back of the lower leg"),
        "static/map/catalog.json is stale",
    ),
}


@pytest.mark.parametrize(("check", "fault", "says"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_found(check, fault, says):
    found = list(check(fault()))

    assert any(says in problem for problem in found), found


@pytest.fixture
def drawn_wrong(tmp_path):
    """A copy of data/ whose male figure a test may spoil, and how to check it."""
    data = shutil.copytree(DATA, tmp_path / "data")

    def spoil(change):
        for name in ("male.json", "male-shapes.json"):
            path = data / "figures" / name
            content = json.loads(path.read_text(encoding="utf-8"))
            change(name, content)
            path.write_text(json.dumps(content), encoding="utf-8")
        return Subject(load(data), emergency.load(data))

    return spoil


def test_a_lopsided_shape_is_found(drawn_wrong):
    def shift(name, content):
        if name == "male-shapes.json":
            shape = next(s for s in content["back"]["areas"] if s["id"] == "calf")
            shape["outline_mm"] = [[x + 5, y] for x, y in shape["outline_mm"]]

    subject = drawn_wrong(shift)

    mirrored = list(figures.left_and_right_mirror_each_other(subject))
    assert mirrored == ["male, back: the right area calf doesn't mirror the left."]
    assert any("places lie in no area" in p for p in figures.areas_tile_the_skin(subject))


def test_swapped_sides_are_found(drawn_wrong):
    def swap(name, content):
        if name == "male-shapes.json":
            for shape in content["front"]["muscles"]:
                if shape["id"] == "scalenes":
                    shape["side"] = {"left": "right", "right": "left"}[shape["side"]]

    found = list(figures.sides_lie_on_their_side(drawn_wrong(swap)))

    assert len(found) == 2
    assert found[0].startswith("male, front: scalenes, ")


def test_a_folded_warp_is_found(drawn_wrong):
    def fold(name, content):
        if name == "male.json":
            anchors = content["views"]["back"]["anchors_mm"]
            anchors["flank 3"], anchors["hip side 1"] = anchors["hip side 1"], anchors["flank 3"]

    found = list(figures.the_warp_does_not_fold(drawn_wrong(fold)))

    assert len(found) == 1
    assert "male, back: " in found[0]


def test_a_drawing_with_another_view_box_is_found(tmp_path):
    static = shutil.copytree(STATIC / "figures", tmp_path / "figures").parent
    path = static / "figures" / "male-back-bones.svg"
    path.write_text('<svg viewBox="0 0 1 1"></svg>', encoding="utf-8")
    (static / "figures" / "male-back-deep.svg").unlink()

    found = list(figures.drawings_share_the_view_box(dataclasses.replace(SUBJECT, static=static)))

    assert found[0] == "static/figures/male-back-deep.svg is missing."
    assert found[1].startswith("static/figures/male-back-bones.svg has view box (0.0, 0.0, 1.0")
    assert len(found) == 2


def test_the_report_names_two_broken_files_in_one_run(tmp_path):
    data = shutil.copytree(DATA, tmp_path / "data")
    for name in ("sources.csv", "complaints.csv"):
        (data / name).write_text("nothing\n", encoding="utf-8")

    report = checks.run(data)

    assert not report.is_clean
    ((_, problems),) = report.problems
    assert [problem.partition(":")[0] for problem in problems] == ["sources.csv", "complaints.csv"]


def test_a_place_may_be_just_below_another():
    assert not list(wording._never_said("x.md", "The spot lies just below the ridge."))


def test_a_quoted_claim_is_not_our_promise():
    assert not list(wording._never_said("x.md", '"It will cure you." Nobody has shown that.'))


def test_everything_of_general_teaching_is_listed_with_file_level_and_heading():
    found = {one.place: one for one in review.unverified(SUBJECT)}

    one = found["texts/muscles/teres-minor.md, patient, Where it runs"]
    assert one.statement.text.startswith("From the outer edge of the shoulder blade")
    assert not one.is_partly_sourced
    assert found["verdicts.csv, massage, eular"].is_partly_sourced
    assert all("G" in one.statement.sources for one in found.values())
    assert "texts/muscles/teres-minor.md, patient, Its points" not in found  # derived, not G


def test_the_report_names_the_hardest_texts_and_unused_sources():
    hardest, unused = checks.remarks(SUBJECT)

    assert hardest.startswith("Hardest for patients (US grade, at most 8): ")
    assert unused.startswith("Sources that nothing cites: ")
    assert "S20" in unused
    assert "S116" not in unused


def test_without_pyphen_the_report_says_that_nothing_was_counted(monkeypatch):
    monkeypatch.setattr(readability, "_HYPHENS", None)

    assert next(checks.remarks(SUBJECT)) == readability.SKIPPED
    assert list(readability.patients_can_read_it(SUBJECT)) == []


def test_the_pain_index_has_19_areas():
    assert len(set(WPI_AREAS)) == 19
