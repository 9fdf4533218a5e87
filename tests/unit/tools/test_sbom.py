"""The list of what is served is one that other programs read, and it is whole."""

from __future__ import annotations

import json

import pytest
from cyclonedx.model.component import Component

from tools.pins import APP, pins_of
from tools.sbom import NotAsTheSchemaSaysError, as_json, bom


@pytest.fixture(scope="module")
def listed():
    return json.loads(as_json(bom()))


def test_it_holds_every_package_with_licence_and_hashes(listed):
    pins = {name: pin for name, pin in pins_of(APP.read_text("utf-8")).items() if pin.applies}
    packages = {one["name"]: one for one in listed["components"] if one["type"] == "library"}
    assert {name: one["version"] for name, one in packages.items()} == {name: pin.version for name, pin in pins.items()}
    assert all(one["licenses"] for one in packages.values())
    for name, one in packages.items():
        assert one["purl"] == f"pkg:pypi/{name}@{one['version']}"
        assert {h["content"] for h in one["externalReferences"][0]["hashes"]} == set(pins[name].hashes)


def test_it_holds_the_fonts(listed):
    fonts = [one for one in listed["components"] if one["type"] == "file"]
    assert {one["licenses"][0]["license"]["id"] for one in fonts} == {"OFL-1.1", "Apache-2.0"}
    assert all(one["hashes"] for one in fonts)


def test_the_app_leads_to_all_of_it(listed):
    needs = {one["ref"]: one.get("dependsOn", []) for one in listed["dependencies"]}
    reached, left = set(), ["pensebete"]
    while left:
        new = set(needs[left.pop()]) - reached
        reached |= new
        left += new
    assert reached == {one["bom-ref"] for one in listed["components"]}


def test_the_same_pins_give_the_same_list(listed):
    again = json.loads(as_json(bom()))
    again["metadata"]["timestamp"] = listed["metadata"]["timestamp"]
    assert again == listed


def test_a_list_that_is_none_is_not_written():
    broken = bom()
    broken.components.add(Component(name="broken", version="1", mime_type="no mime type"))
    with pytest.raises(NotAsTheSchemaSaysError, match="no mime type"):
        as_json(broken)
