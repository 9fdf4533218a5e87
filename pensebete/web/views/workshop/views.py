"""What the workshop tells of a draft: what managers will see, what changes, what it does to a dossier, its logic."""

from __future__ import annotations

import re
from collections.abc import Mapping

import streamlit as st

from pensebete.assessment import dossier_file
from pensebete.assessment.model import Assessment
from pensebete.assessment.unknown_fields import unknown_fields_words
from pensebete.checklist.item_template import item_skeleton
from pensebete.checklist.model import Checklist
from pensebete.evaluation.impact import effect_on
from pensebete.evaluation.impact_text import dossier_effect_words
from pensebete.evaluation.staff_reports import diff_text, outline_text
from pensebete.pdf.build import blank_checklist_pdf
from pensebete.storage.drafts import SharedDraft
from pensebete.text.markdown_escape import plain
from pensebete.web import session
from pensebete.web.components.file_download import hand_over
from pensebete.web.server.live import Published, version_served
from pensebete.web.views.action_plan.downloads import downloads
from pensebete.web.views.ideas.staff import ideas
from pensebete.web.views.questionnaire.view import questionnaire
from pensebete.web.views.results.view import readiness_view
from pensebete.web.views.start.doors import door_words
from pensebete.web.views.start.introduction import introduction, preface
from pensebete.web.views.start.profile_form import profile_form
from pensebete.web.views.workshop.diagnostics import diagnostics_in_place
from pensebete.web.views.workshop.draft import Draft, current_draft
from pensebete.web.views.workshop.draft_remarks import remarks_view
from pensebete.web.views.workshop.publish import publish_form
from pensebete.web.views.workshop.versions import versions

# As staff go: check, try, compare, publish; then what is looked at now and then.
_FIRST, REMARKS, _OF_STAFF, _LAST = (
    ("mistakes", "preview", "differences"),
    "remarks",
    ("publish", "versions", "ideas"),
    ("dossier", "logic", "skeleton"),
)
_PARTS = ("start", "questionnaire", "results", "pdf")
_VIEW, _PART = "workshop.view", "workshop.part"


def choose_view(is_shared: bool) -> str:
    """That of the remarks is there where colleagues may have made some."""
    views = (*_FIRST, *([REMARKS] if is_shared else []), *(_OF_STAFF if session.is_staff() else []), *_LAST)
    if session.chosen(_VIEW) not in views:
        session.unversioned_widget_forgets(_VIEW)
    return _choice(_VIEW, views)


def show_view(view: str, draft: Draft | None, shared: tuple[SharedDraft, str] | None) -> None:
    if view == REMARKS and shared:
        remarks_view(draft, *shared)
    elif view == "skeleton":
        skeleton(draft.sound.checklist if draft and draft.sound else session.latest().checklist)
    elif view == "ideas":
        ideas()
    elif view == "versions":
        versions()
    elif draft is None:
        st.info(session.say()("workshop.nothing_given"))
    elif view == "mistakes":
        diagnostics_in_place(draft)
    elif draft.sound is None:
        st.info(session.say()("workshop.mend_first"))
    elif view == "publish":
        publish_form(draft)
    elif view == "preview":
        preview(draft.sound)
    elif view == "differences":
        differences(draft.sound)
    elif view == "dossier":
        dossier_form(draft.sound)
    else:
        _page(outline_text(draft.sound.checklist, "markdown", session.say(), plain))


def follow_draft() -> None:
    """Before anything is drawn: what is being tried out is the draft as it is now, as soon as it is sound."""
    draft = current_draft()
    if session.trying_out() and draft and draft.sound and draft.sound is not session.published():
        session.try_out(draft.sound)
        st.rerun()


def preview(draft: Published) -> None:
    """The app as managers would see it, with answers that only count here."""
    if not session.trying_out():
        session.try_out(draft)
        st.rerun()
    checklist, part = session.checklist(), _choice(_PART, _PARTS)
    if part == "start":
        introduction(checklist)
        preface(checklist)
        if doors := door_words():
            st.markdown("\n".join(f"- {words}" for words in doors))
        profile_form(checklist)
    elif part == "questionnaire":
        questionnaire(checklist)
    elif part == "results":
        readiness_view(session.evaluation())
    else:
        downloads(session.evaluation())
        if st.button(session.say()("workshop.blank"), key=session.key("workshop.blank")):
            made = blank_checklist_pdf(checklist, session.language(), session.today())
            hand_over(made, f"{checklist.id}.pdf", "application/pdf")


def differences(draft: Published) -> None:
    """What changes from the published version to the draft."""
    if draft.text == session.latest().text:
        st.info(session.say()("diff.nothing"))
        return
    _page(
        diff_text(session.latest().checklist, draft.checklist, None, session.today(), "markdown", session.say(), plain)
    )


def dossier_form(draft: Published) -> None:
    """What happens to a dossier: the account that its holder will read, and the means to try it."""
    say = session.say()
    st.write(say("workshop.dossier.explained"))
    file = st.file_uploader(
        say("resume.file"),
        type=["json", "pdf"],
        key="workshop.dossier",
        max_upload_size=dossier_file.MAX_BYTES // 1_000_000,
    )
    if session.dropped_is_gone("workshop.dossier"):
        st.info(say("resume.upload_gone"))
    if file is None:
        return
    try:
        found = session.dossier_in(file, draft.checklist)
    except dossier_file.DossierError as error:
        st.error("\n\n".join(plain(sentence) for sentence in error.sentences(say)))
        return
    older = version_served(found.checklist) or session.latest().checklist
    effect = effect_on(found, older, draft.checklist, session.today(), session.zone())
    sentences = [*dossier_effect_words(effect, older, draft.checklist, say), *unknown_fields_words(found, say)]
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))
    st.button(
        say("workshop.dossier.try"),
        key="workshop.try_dossier",
        on_click=_see_results,
        args=(draft, effect.account.assessment),
    )


def skeleton(checklist: Checklist) -> None:
    """A new item to copy."""
    st.write(session.say()("workshop.skeleton.explained"))
    # Not coloured as YAML: the framework's colour for comments is too pale to read.
    st.code(item_skeleton(checklist, session.say()), language=None, wrap_lines=True)


def _see_results(draft: Published, assessment: Assessment) -> None:
    session.try_out(draft, assessment)
    session.widget_shows(_VIEW, "preview")
    session.widget_shows(_PART, "results")


def _choice(key: str, options: tuple[str, ...]) -> str:
    say = session.say()
    return choice(key, say(f"{key}s"), {option: say(f"{key}.{option}") for option in options})


def choice(key: str, title: str, options: Mapping[str, str]) -> str:
    """One of the options, by their words."""
    first = next(iter(options))
    if session.chosen(key) not in options:
        session.unversioned_widget_forgets(key)  # one of the staff's, whose key was forgotten
    with st.container(key=f"step-{key.replace('.', '-')}"):
        chosen = st.segmented_control(
            title,
            list(options),
            key=session.unversioned_widget(key, first),
            format_func=lambda option: options[option],
            required=True,
            label_visibility="collapsed",
        )
    return chosen or first


def _page(markdown: str) -> None:
    """A page of its own, shown under the title of this one: every heading one level down."""
    st.markdown(re.sub(r"^#", "##", markdown, flags=re.MULTILINE))
