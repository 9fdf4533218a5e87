"""What stands in the page until the app has come: the first page, or a step of the questionnaire, to read and to tap.

The same for everybody, made of what is served now: nothing of a dossier is in it. Its controls are real links and
buttons. What is tapped is kept by early_page.js, and done on the app's own control. Whoever comes back, and is to see
what is kept, does not see it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path

from pensebete.assessment.item_state import ItemState, item_states
from pensebete.assessment.local_time import USUAL_ZONE, zone_named
from pensebete.assessment.model import LAST_DAY, Assessment
from pensebete.assessment.steps import ESSENTIALS_STEP, FORMER_STEP, Step, essential_steps, steps
from pensebete.checklist.model import Checklist, ChecklistRef
from pensebete.evaluation.contact_text import ways_words
from pensebete.evaluation.first_page_text import FirstPage, first_page
from pensebete.text.way_html import way_html
from pensebete.text.wording import LANGUAGES, Wording, own_name, wording
from pensebete.web.server.early_controls import fold, link, names, way_on
from pensebete.web.server.early_step import early_step
from pensebete.web.server.known_files import own

_STYLE, _STYLE_OF_STEP = (
    Path(__file__).with_name(f"early_{name}.css").read_text(encoding="utf-8") for name in ("page", "step")
)
# The ways to the pages, as the header has them: name, address.
_WAYS = {
    "start": "",
    "questionnaire": "questionnaire",
    "results": "results",
    "action_plan": "action_plan",
    "dossier": "dossier",
}


FIRST_PAGE = "/"  # no step of the questionnaire is called so
_QUESTIONNAIRE = "questionnaire"


@dataclass(frozen=True)
class EarlyPages:
    """Those of a checklist, for who comes for the first time."""

    checklist: Checklist

    @cached_property
    def _states(self) -> tuple[ItemState, ...]:
        """Nothing is said yet: what is true then is true on any day."""
        nothing = Assessment(checklist=ChecklistRef(id=self.checklist.id, version=self.checklist.version))
        return item_states(self.checklist, nothing, LAST_DAY, zone_named(USUAL_ZONE))

    @cached_property
    def _short_way(self) -> tuple[Step, ...]:
        return essential_steps(self.checklist, self._states)

    @cached_property
    def _whole_way(self) -> tuple[Step, ...]:
        return steps(self.checklist, self._states)

    def shown_at(self, page: str, step: str | None) -> str:
        """What the app will show at that address: FIRST_PAGE, or the id of a step; empty where only the app can say."""
        if page == "":
            return FIRST_PAGE
        return self._step(step or "").id if page == _QUESTIONNAIRE else ""

    def html(self, language: str, shown: str) -> str:
        """That of what is shown, as `shown_at` says it."""
        checklist, say = self.checklist, wording(language, self.checklist.languages)
        if shown == FIRST_PAGE:
            content, ways_on = _first_page(checklist, first_page(checklist, self._states, say), say)
            kind, style, at = "first", _STYLE, ""
        else:
            step = self._step(shown)
            asked = self._short_way if step in self._short_way else self._whole_way
            content, ways_on = early_step(checklist, asked, step, say)
            kind, style, at = "step", _STYLE + _STYLE_OF_STEP, shown
        return (
            f'<div id="early" class="early-is-{kind}" data-taken="{escape(say("loading.taken"))}">'
            f'<style>{style}</style>{_header(checklist, at, say)}<div class="early-page"><main>{content}</main>'
            f'<div class="early-ways-on early-{kind}-bar">{ways_on}</div></div>{_footer(checklist, say)}'
            f'<p role="status" class="early-said"></p></div>'
        )

    def _step(self, named: str) -> Step:
        """As the questionnaire takes it: what is no step is the first one, of the way that the name says."""
        named = ESSENTIALS_STEP if named.startswith(FORMER_STEP) else named
        asked = self._short_way if named.startswith(ESSENTIALS_STEP) and self._short_way else self._whole_way
        return next((step for step in asked if step.id == named), asked[0])


def _header(checklist: Checklist, step: str, say: Wording) -> str:
    here = _QUESTIONNAIRE if step else ""
    ways = "".join(
        link(say(f"pages.{name}"), f"./{address}", f'.st-key-journey a[href="{address}"]', current=address == here)
        for name, address in _WAYS.items()
    )
    at = f"&step={step}" if step else ""
    languages = "".join(
        f'<a class="early-language" lang="{one}" hreflang="{one}" href="{escape(f"?lang={one}{at}")}"'
        f"{names(f'.st-key-language-{one} button')}>{escape(own_name(one))}</a>"
        for one in checklist.languages
        if one != say.language
    )
    menu = (
        f'<button type="button" class="early-menu"{names(".st-key-menu button")}>{escape(say("frame.menu"))}</button>'
    )
    logo = f'<img src="{own("logo.svg")}" alt="" width="32" height="32" />'
    return f'<header>{logo}<p class="early-brand">Pense-bête</p><nav>{ways}</nav>{languages}{menu}</header>'


def _first_page(checklist: Checklist, said: FirstPage, say: Wording) -> tuple[str, str]:
    """What is read, and the ways on."""
    folded = ["start.preface", "resume.title", *(["start.resources"] if checklist.resources else [])]
    folds = "".join(fold(say(name), ".st-key-first-folds summary", n) for n, name in enumerate(folded))
    lines = "".join(f"<li>{_marked(line)}</li>" for line in said.promises)
    shown = (
        f"<h1>{escape(checklist.title[say.language])}</h1><p>{_marked(said.what)}</p><ul>{lines}</ul>"
        f'<div class="early-folds">{folds}</div>'
    )
    if not said.doors:
        return shown, way_on(say("start.begin"), "questionnaire", '[class*="st-key-way_on-"] button')
    doors = "".join(
        way_on(
            door.name, f"questionnaire?step={door.step}", f'[class*="st-key-door-{which}-"] button', first, door.asks
        )
        for door, which, first in zip(said.doors, ("short", "whole"), (True, False), strict=True)
    )
    return shown, f'<div class="early-doors">{doors}</div>'


def _marked(text: str) -> str:
    """A sentence of the catalogues, in which **marks** stand around what weighs."""
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(text))


def _whom_to_ask(checklist: Checklist, say: Wording) -> str:
    ways = [way_html(way, words) for way, words in ways_words(checklist.contact, say)]
    named = escape(checklist.contact.name[say.language])
    return f"<strong>{escape(say('frame.contact'))}</strong> {' · '.join((named, *ways))}"


def _footer(checklist: Checklist, say: Wording) -> str:
    return (
        f'<footer><p class="early-contact">{_whom_to_ask(checklist, say)}</p>'
        f"{fold(say('frame.not_covered'), '.st-key-last-ways summary')}{_advice(checklist)}</footer>"
    )


def _advice(checklist: Checklist) -> str:
    """What to do where the app does not come: shown after a while by the style sheet, for no script may have come.

    Nobody may have chosen a language yet: both are said.
    """
    said = "".join(_advice_in(wording(language, checklist.languages), checklist) for language in LANGUAGES)
    return f'<div class="early-advice">{said}</div>'


def _advice_in(say: Wording, checklist: Checklist) -> str:
    again = f'<a href="">{escape(say("loading.again"))}</a>'
    ways = f"<p>{_whom_to_ask(checklist, say)}</p>" if ways_words(checklist.contact, say) else ""
    return f'<div lang="{say.language}"><p>{escape(say("loading.not_coming"))} {again}</p>{ways}</div>'
