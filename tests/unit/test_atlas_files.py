"""Loading data/: strict, whole or not at all, and one sentence when it fails."""

import json
import shutil

import pytest

from bodymap.atlas import DATA, DataError
from bodymap.atlas.atlas import load, read


@pytest.fixture
def data(tmp_path):
    """A copy of data/ that a test may spoil."""
    return shutil.copytree(DATA, tmp_path / "data")


def spoil(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_atlas_is_loaded_once():
    assert load() is load()


def test_nothing_in_the_atlas_can_be_changed():
    atlas = load()

    with pytest.raises(TypeError):
        atlas.points["new"] = atlas.points["rhomboid-minor"]
    with pytest.raises(AttributeError):
        atlas.points["rhomboid-minor"].x = 0.5
    with pytest.raises(ValueError, match="read-only"):
        atlas.areas["calf"].outlines["left"][0] = 0


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        ("points.csv", "0.13,-0.125", "abc,-0.125", "points.csv, line 2, x: 'abc' is not a dec"),
        ("points.csv", "0.13,-0.125", "nan,-0.125", "points.csv, line 2, x: 'nan' is not a dec"),
        ("points.csv", "0.13,-0.125", "-0.13,-0.125", "points.csv, line 2, x: "),
        ("points.csv", "tender-occiput,TP01,tender", "tender-occiput,TP01,sore", "line 2, kind: "),
        ("points.csv", "tender-occiput", "Tender Occiput", "points.csv, line 2, id: "),
        ("points.csv", "tender-low-cervical", "tender-occiput", "line 3, id: tender-occiput occ"),
        ("points.csv", "left right,0.13", "left up,0.13", "points.csv, line 2, sides.1: "),
        ("points.csv", "elbow,wrist,0.083", "elbow,,0.083", "points.csv, line 7, anchor_from: "),
        ("points.csv", "trapezius-upper\n", "trapezius\n", "muscle: trapezius isn't in muscles"),
        ("points.csv", "0.13,-0.125", "0.13,-9", "points.csv, line 2, x: (0.13, -9.0) lies in no"),
        ("points.csv", "id,code", "id,colour", "points.csv: the columns must be id, code"),
        ("points.csv", "TP01,tender,back", "TP01,tender", "points.csv, line 2: has not 15 columns"),
        ("landmarks.csv", "vertex,both", "vertex,top", "landmarks.csv, line 2, view: "),
        ("areas.json", '"view"', '"vue"', "areas.json, area head-back, "),
        ("muscles.json", '"attachments"', '"attached"', "muscles.json, muscle "),
        ("guides.csv", "0.34 0.06;", "0.34 top;", "guides.csv, line 2, line: '0.34 top; 0.36"),
        ("guides.csv", "0.34 0.06;", "0.34;", "guides.csv, line 2, line.0: "),
        ("guides.csv", ",bone,", ",skin,", "guides.csv, line 2, tissue: "),
        ("guides.csv", "iliac-crest,", "lowest-rib,", "guides.csv, line 5, id: lowest-rib occ"),
        ("sources.csv", "S1,", "X1,", "sources.csv, line 2, id: "),
        ("complaints.csv", ",neck,S23", ",neck S23", "complaints.csv, line 2: has not 7 columns"),
    ],
)
def test_a_malformed_file_is_refused_naming_file_line_and_field(data, name, old, new, complaint):
    spoil(data / name, old, new)

    with pytest.raises(DataError) as refusal:
        read(data)

    assert complaint in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_missing_file_is_named(data):
    (data / "points.csv").unlink()

    with pytest.raises(DataError, match=r"points.csv: the file is missing"):
        read(data)


def test_a_file_that_is_no_json_is_named_with_its_line(data):
    (data / "areas.json").write_text("[\n{", encoding="utf-8")

    with pytest.raises(DataError, match=r"areas.json, line 2: not valid JSON"):
        read(data)


def test_a_figure_with_a_wrong_number_is_refused(data):
    path = data / "figures" / "male.json"
    figure = json.loads(path.read_text(encoding="utf-8"))
    figure["stature_mm"] = "tall"
    path.write_text(json.dumps(figure), encoding="utf-8")
    atlas, _ = read(data)

    with pytest.raises(DataError, match=r"male.json, stature_mm: "):
        atlas.figure("male", "back")


def test_a_figure_without_an_anchor_that_a_limb_point_needs_is_refused(data):
    path = data / "figures" / "male.json"
    figure = json.loads(path.read_text(encoding="utf-8"))
    del figure["views"]["front"]["anchors_mm"]["elbow"]
    path.write_text(json.dumps(figure), encoding="utf-8")
    atlas, _ = read(data)

    with pytest.raises(DataError, match=r"anchors_mm: elbow, which tender-lateral-epicondyle need"):
        atlas.figure("male", "front")


def test_malformed_texts_are_all_named_and_loading_refuses(data):
    spoil(data / "texts" / "points" / "rhomboid-minor.md", 'kind = "point"', 'kind = "dot"')
    spoil(data / "texts" / "areas" / "calf.md", 'id = "calf"', 'id = "shin"')

    _, problems = read(data)

    assert len(problems) == 2
    assert problems[0] == "texts/areas/calf.md, id: says area shin."
    assert problems[1].startswith("texts/points/rhomboid-minor.md, kind: ")
    with pytest.raises(DataError, match=r"texts/areas/calf.md"):
        load(data)


def test_what_is_not_there_is_named():
    with pytest.raises(DataError, match="no body 'giant'"):
        load().figure("giant", "back")
    with pytest.raises(DataError, match="no text for the point 'elsewhere'"):
        load().text("point", "elsewhere")
