"""Reading checklist.yaml: what is sound loads as written, and nothing a file holds can do harm."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pensebete.checklist.loading import ChecklistFileError, load, published_path, read
from pensebete.checklist.parsing.document import MAX_BYTES, MAX_DEPTH, read_tree
from pensebete.checklist.parsing.tree import MAX_TOLD
from tests.builders import MINIMAL, SHIPPED, mended, sound
from tests.yardstick import slowness

SMALL = MINIMAL.read_bytes()


def codes(source: str | bytes) -> list[tuple[str, int]]:
    """(code, line) of each mistake, once each has been said in both languages."""
    checklist, diagnostics = read(source)
    assert (checklist is None) == any(m.severity == "mistake" for m in diagnostics)
    for diagnostic in diagnostics:
        for language in ("fr", "en"):
            assert diagnostic.sentence(language)
            assert diagnostic.remedy(language)
    return [(m.code, m.place.line) for m in diagnostics]


# Plain text stays text


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "true", "None", "2.10", "1-9", "1e3", "0x10", "010",
                                  "2026-03-28", "12:30", "1_000", ".inf", "50+", "=", "<<"])  # fmt: skip
def test_a_plain_word_stays_the_text_it_is(word):
    assert read_tree(f"version: {word}\nlist: [{word}]").data == {"version": word, "list": [word]}


def test_ids_that_look_like_other_things_are_kept(checklist):
    assert [option.id for option in checklist.questions["staff"].options] == ["0", "1-9", "10-49", "50+"]
    assert sound(mended(('version: "1"', "version: 2.10"))).version == "2.10"


def test_a_tag_makes_nothing_of_a_value():
    assert read_tree("id: !!python/object/apply:os.system [ls]").data == {"id": ["ls"]}
    assert read_tree("id: !!int 3").data == {"id": "3"}


def test_a_key_without_a_value_is_as_if_it_were_not_written():
    assert read_tree("a:\nb: ''\nc: 1").data == {"b": "", "c": "1"}


@pytest.mark.parametrize("nothing", ["null", "Null", "NULL", "~", ""])
def test_what_yaml_writes_for_nothing_is_as_if_it_were_not_written(nothing):
    assert read_tree(f"a: {nothing}\nb: 1").data == {"b": "1"}
    assert read_tree(f"a: '{nothing}'\nb: [null]").data == {"a": nothing, "b": ["null"]}
    contact = sound(mended(("phone: 418 555-0100", f"phone: {nothing}"))).contact
    assert contact.phone is None


def test_places_are_lines_and_columns_counted_from_one():
    tree = read_tree("a: 1\nb:\n  - c: [x, y]\n")
    assert (tree.place(("b", 0, "c", 1)).line, tree.place(("b", 0, "c", 1)).column) == (3, 12)
    assert (tree.place(("b", 0, "c")).line, tree.place(("b", 0, "c")).column) == (3, 5)
    assert tree.place(("b", 0, "no such field")).line == 3


# What the file is made of


def test_a_byte_order_mark_and_windows_line_ends_are_no_obstacle(minimal):
    windows = b"\xef\xbb\xbf" + SMALL.replace(b"\n", b"\r\n")
    assert read(windows) == (minimal, ())


def test_lines_are_counted_alike_with_windows_line_ends():
    wrong = mended(("urgency: 1", "urgency: 9")).encode()
    assert codes(wrong) == codes(wrong.replace(b"\n", b"\r\n")) != []


HARMFUL = {
    "an empty file": (b"", [("not-a-checklist", 1)]),
    "a comment alone": (b"# rien\n", [("not-a-checklist", 1)]),
    "a word": (b"bonjour", [("not-a-checklist", 1)]),
    "a list": (b"- a\n- b\n", [("not-a-checklist", 1)]),
    "30,000 nested brackets": (b"[" * 30_000, [("too-deep", 1)]),
    "1,000,000 nested brackets": (b"[" * 1_000_000, [("too-deep", 1)]),
    "30,000 nested mappings": (b"{a: " * 30_000, [("too-deep", 1)]),
    "30,000 nested mappings, closed": (b"{a: " * 30_000 + b"}" * 30_000, [("too-deep", 1)]),
    "100,000 dashes": (b"- " * 100_000, [("too-deep", 1)]),
    "100,000 question marks": (b"? " * 100_000, [("key-not-text", 1)]),
    "one level too many": (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), [("too-deep", 1)]),
    "an alias bomb": (
        b"a: &a [x, x]\n" + b"".join(b"%c: &%c [*%c, *%c]\n" % (c, c, c - 1, c - 1) for c in range(98, 120)),
        [("sign-in-text", 1), ("sign-in-text", 2), ("alias", 2)],
    ),
    "an alias to itself": (b"a: &a [*a]", [("sign-in-text", 1), ("alias", 1)]),
    "a NUL": (b"id: x\nversion: a\0b\n", [("strange-character", 2)]),
    "not UTF-8": (b"id: x\nversion: caf\xe9\n", [("not-utf8", 2)]),
    "UTF-16": ("id: x".encode("utf-16"), [("not-utf8", 1)]),
    "a tab for an indent": (b"a:\n\tb: c\n", [("yaml-syntax", 2)]),
    "a quote left open": (b'id: "x\nversion: 1\n', [("yaml-syntax", 1)]),
    "a quote closed where another opens": (b'id: "x\nversion: 1\ntitle: "y"\n', [("yaml-syntax", 1)]),
    "lines ended as on no system of today": (
        b'a: b\rc: "d\r\ne: f\xe2\x80\xa8g: "h"\n',
        [("unknown-field", 1), ("yaml-syntax", 2)],
    ),
    "too many colons": (b"a: " * 100_000, [("yaml-syntax", 1)]),
    "a question mark alone": (b"?", [("missing-field", 2)]),
    "a value that the file ends before": (b"{a", [("yaml-syntax", 1)]),
    "an unknown directive": (b"%YAML 9.9\n---\nid: x\n", [("yaml-syntax", 1)]),
    "an undefined alias": (b"id: *x", [("alias", 1)]),
    "a file too large": (b"#" * (MAX_BYTES + 1), [("file-too-large", 1)]),
    "a second document": (SMALL + b"---\nid: x\n", [("several-documents", SMALL.count(b"\n") + 1)]),
}


@pytest.mark.parametrize(("source", "expected"), HARMFUL.values(), ids=HARMFUL)
def test_a_harmful_file_gets_a_sentence_within_a_second(source, expected):
    start = process_time()
    assert codes(source)[: len(expected)] == expected
    assert process_time() - start < 1 * slowness()


FLOODS = {
    "control characters": b"\x01\n" * 1_000_000,
    "unknown fields": SMALL + b"".join(b"a%d: x\n" % n for n in range(300_000)),
    "a field said again and again": SMALL + b"id: x\n" * 100_000,
}


@pytest.mark.parametrize("source", FLOODS.values(), ids=FLOODS)
def test_a_flood_of_mistakes_is_told_in_part_within_two_seconds(source):
    start = process_time()
    assert 1 <= len(read(source)[1]) <= MAX_TOLD + 1
    assert process_time() - start < 2 * slowness()


def test_as_many_mistakes_as_are_told_are_told_whole():
    fields = SMALL + b"".join(b"a%d: x\n" % n for n in range(MAX_TOLD))
    assert [m.code for m in read(fields)[1]] == ["unknown-field"] * MAX_TOLD
    told = read(fields + b"b: x\nc: x\n")[1]
    assert [m.code for m in told] == ["unknown-field"] * MAX_TOLD + ["more-mistakes"]
    assert told[-1].values == {"more": "2"}


# A line of the shipped file with `key: value` -> the same line damaged.
DAMAGES = {
    "a double quote left open": lambda indent, key, value: f'{indent}{key}: "{value}',
    "a single quote left open": lambda indent, key, value: f"{indent}{key}: '{value}",
    "a bracket left open": lambda indent, key, value: f"{indent}{key}: [{value}",
    "a brace left open": lambda indent, key, value: f"{indent}{key}: {{{value}",
    "a colon in a sentence": lambda indent, key, value: f"{indent}{key}: {value} so: this",
    "no colon": lambda indent, key, value: f"{indent}{key} {value}",
    "no space after the colon": lambda indent, key, value: f"{indent}{key}:{value}",
    "a tab before": lambda indent, key, value: f"\t{indent}{key}: {value}",
    "a tab in place of a space": lambda indent, key, value: f"\t{indent[1:]}{key}: {value}",
    "a space too many": lambda indent, key, value: f" {indent}{key}: {value}",
    "a space too few": lambda indent, key, value: f"{indent[1:]}{key}: {value}",
    "two spaces too few": lambda indent, key, value: f"{indent[2:]}{key}: {value}",
    "a sign that begins no text": lambda indent, key, value: f"{indent}{key}: @{value}",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_line_named_is_within_two_of_the_damaged_one(damage):
    lines = SHIPPED.read_text(encoding="utf-8").split("\n")
    fields = [(n, found) for n, line in enumerate(lines) if (found := re.match(r"(  +)([a-z_-]+): (\w.*)$", line))]
    seen = 0
    for n, found in fields[::422]:  # bench/damage.py goes through them all
        damaged = [*lines[:n], DAMAGES[damage](*found.groups()), *lines[n + 1 :]]
        _, diagnostics = read("\n".join(damaged))
        if diagnostics:  # a space more or less can still be YAML, and say the same
            assert min(abs(m.place.line - (n + 1)) for m in diagnostics) <= 2, damaged[n]
            seen += 1
    assert seen > 1


@given(st.integers(0, len(SMALL)), st.binary(max_size=3), st.integers(0, 40))
def test_no_damage_to_the_file_raises_anything(place, inserted, removed):
    codes(SMALL[:place] + inserted + SMALL[place + removed :])


@given(st.text(st.sampled_from("ab:-[]{}&*!|>'\"%@`#?,\n \t"), max_size=40))
def test_no_yaml_raises_anything(text):
    codes(text)


_LINES = MINIMAL.read_text(encoding="utf-8").splitlines(keepends=True)


@given(st.integers(0, len(_LINES) - 1), st.integers(0, len(_LINES) - 1))
def test_no_line_in_a_wrong_place_raises_anything(taken, put):
    lines = list(_LINES)
    lines.insert(put, lines.pop(taken))
    codes("".join(lines))


# Where the file is


def test_the_published_checklist_is_the_one_of_the_environment_else_the_one_that_ships(monkeypatch, tmp_path):
    monkeypatch.delenv("PENSEBETE_CHECKLIST", raising=False)
    assert published_path() == SHIPPED
    monkeypatch.setenv("PENSEBETE_CHECKLIST", str(tmp_path / "mine.yaml"))
    assert published_path() == tmp_path / "mine.yaml"


def test_a_file_that_is_not_sound_is_refused_with_its_name_and_its_mistakes(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(mended(("urgency: 1", "urgency: 9")), encoding="utf-8")
    with pytest.raises(ChecklistFileError, match="urgency") as refused:
        load(file)
    assert refused.value.file == file
    assert [diagnostic.code for diagnostic in refused.value.diagnostics] == ["wrong-value"]


# Against an older version


def test_nothing_is_said_against_itself(minimal):
    assert read(SMALL, accepted=[minimal]) == (minimal, ())


def test_an_item_renamed_or_retired_has_not_vanished(minimal):
    renamed = mended(
        ("id: cash", "id: till"), ('version: "1"', 'version: "2"'), ("{hear: listen}", "{hear: listen, cash: till}")
    )
    assert read(renamed, accepted=[minimal])[1] == ()
    retired = mended(
        ("id: cash", "id: till"), ('version: "1"', 'version: "2"'), ("[count-stock]", "[count-stock, cash]")
    )
    assert read(retired, accepted=[minimal])[1] == ()
