"""« Partager une idée », folded: written, seen again as it will be read, sent as its author agrees; then withdrawn.

Where nobody could read it here, without a key of the staff or a database, an email to whom the checklist names.
"""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

import streamlit as st

from pensebete.checklist.idea import MOST_OF_A_NAME, MOST_OF_AN_IDEA, Idea, NewIdea, clean, clean_line
from pensebete.checklist.model import Checklist
from pensebete.evaluation.message_text import ReadyMessage
from pensebete.storage.errors import StoreError
from pensebete.storage.months_kept import months_kept
from pensebete.text.addresses import mail_to
from pensebete.text.markdown_escape import label, plain
from pensebete.web import session
from pensebete.web.components.idea_text import idea_html
from pensebete.web.layout.ready_message import message_to_mend
from pensebete.web.server.ideas import look_at_ideas, may_send_idea, takes_ideas

_MOST_OF_A_LINK = 1_500  # characters of text: longer, some programs open no email from it
_MOST = {"text": MOST_OF_AN_IDEA, "name": MOST_OF_A_NAME, "contact": MOST_OF_A_NAME}


def share_idea(checklist: Checklist, domain: str = "") -> None:
    """One line. Nothing in a trial, for who reads alone, and where an idea would reach nobody."""
    if session.reading_only() or session.trying_out():
        return
    taken, email = takes_ideas(), checklist.contact.email or ""
    if not session.shown_since_arriving("idea", taken or bool(email)):
        return
    say, place = session.say(), domain or "whole"
    opened = session.key(f"idea.{place}")
    if session.idea_came_back():
        session.widget_shows(opened, True)
    fold = st.expander(say("ideas.share"), key=opened, type="compact", on_change="rerun")
    if fold.open:
        with fold, st.container(key="idea", gap="small"):
            if taken:
                _by_form(checklist, domain)
            elif email:
                message_to_mend(f"idea.{place}", _message(checklist, domain, "____"), say("ideas.share"))
            else:
                st.caption(plain(say("store.unavailable.unreachable")))


def _by_form(checklist: Checklist, domain: str) -> None:
    with st.container(key="ideas-sent", gap="small"):
        for idea in session.sent_ideas():
            _sent(idea)
    with st.container(key="idea-form", gap="small"):
        if not session.writes_another_idea():
            st.button(
                session.say()("ideas.another"), key=session.key("idea.another"), on_click=_another, type="tertiary"
            )
        elif session.idea_draft().stage == "reading":
            _read_again(checklist, domain)
        else:
            _form(checklist, domain)


def _form(checklist: Checklist, domain: str) -> None:
    say, draft = session.say(), session.idea_draft()
    _field("text", draft.text, domain)
    choices = {id: label(_title(checklist, id)) for id in ("", *(one.id for one in checklist.domains))}
    chosen = _domain(checklist, domain)
    key = session.widget(_domain_key(domain), chosen)
    st.selectbox(
        say("ideas.domain"),
        list(choices),
        index=list(choices).index(chosen),
        format_func=choices.__getitem__,
        key=key,
        on_change=_taken,
        args=(domain,),
    )
    key = session.widget("idea.may_be_quoted", draft.may_be_quoted)
    st.checkbox(say("ideas.may_be_quoted"), draft.may_be_quoted, key=key, on_change=_taken, args=(domain,))
    _field("name", draft.name, domain)
    _field("contact", draft.contact, domain)
    st.button(
        say("ideas.review"), key=session.key("idea.review"), on_click=_review, args=(checklist, domain), type="primary"
    )
    _refused(checklist, domain, "")


def _field(name: str, value: str, domain: str) -> None:
    """Without a most: the framework lets a longer text that was pasted vanish. Too long, it is said to be."""
    say, key = session.say(), session.widget(f"idea.{name}", value)
    if name == "text":
        st.text_area(say("ideas.text"), value, key=key, on_change=_taken, args=(domain,), height=120)
        st.caption(plain(say("ideas.text.most", most=say.number(MOST_OF_AN_IDEA))))
    else:
        st.text_input(say(f"ideas.{name}"), value, key=key, on_change=_taken, args=(domain,), autocomplete="off")
    _refused(session.checklist(), domain, name)


def _refused(checklist: Checklist, domain: str, beside: str) -> None:
    """What was asked for and could not be done, beside it; and the way that is left."""
    field, sentence = session.idea_draft().refusal
    with st.container(key=f"idea-refused-{beside or 'sending'}", gap="xsmall"):
        if sentence and field == beside:
            st.error(plain(sentence))
            if checklist.contact.email and field in ("", "text") and session.idea_draft().text.strip():
                _email_link(checklist, domain)


def _read_again(checklist: Checklist, domain: str) -> None:
    say, idea = session.say(), _idea(checklist, domain)
    lines = [
        say("ideas.read.about", domain=_title(checklist, idea.domain)),
        say("ideas.read.name", name=idea.name) if idea.name else say("ideas.no_name"),
        say("ideas.read.contact", contact=idea.contact) if idea.contact else say("ideas.read.no_contact"),
        say("ideas.read.quoted" if idea.may_be_quoted else "ideas.read.not_quoted"),
    ]
    told = "".join(f"<li>{escape(line)}</li>" for line in lines)
    st.html(
        f'<h3 class="idea-as-read">{escape(say("ideas.as_read"))}</h3>'
        f'{idea_html(idea.text, idea.language)}<ul class="idea-about">{told}</ul>'
    )
    st.caption(plain(say("ideas.consent", n=months_kept())))
    with st.container(horizontal=True, key="idea-ways"):
        st.button(
            say("ideas.send"), key=session.key("idea.send"), on_click=_send, args=(checklist, domain), type="primary"
        )
        st.button(say("ideas.mend"), key=session.key("idea.mend"), on_click=_mend)
    _refused(checklist, domain, "")


def _sent(idea: Idea) -> None:
    say = session.say()
    with st.container(key=f"idea-sent-{idea.code}", gap="xsmall"):
        before, _, after = say("ideas.sent", code="\n").partition("\n")
        told = f'{escape(before)}<span class="idea-code">{escape(idea.code)}</span>{escape(after)}'
        st.html(f'<p role="status" class="idea-sent"><strong>{told}</strong><br>{escape(say("ideas.sent.note"))}</p>')
        st.button(
            f"{label(say('ideas.withdraw'))} *{plain(idea.code)}*",
            key=session.key(f"idea.withdraw.{idea.code}"),
            on_click=_withdraw,
            args=(idea,),
        )


def _email_link(checklist: Checklist, domain: str) -> None:
    message = _message(checklist, _domain(checklist, domain), session.idea_draft().text.strip())
    text = message.text if len(message.text) <= _MOST_OF_A_LINK else ""
    link = mail_to(message.address, message.subject, text)
    st.html(f'<p class="next-step"><a href="{escape(link)}">{escape(session.say()("ideas.by_email"))}</a></p>')


def _message(checklist: Checklist, domain: str, text: str) -> ReadyMessage:
    say = session.say()
    about = say("ideas.email.about", domain=_title(checklist, domain))
    subject = say("ideas.email.subject", title=checklist.title[say.language])
    paragraphs = (say("ideas.email.hello"), about, text)
    return ReadyMessage(subject, "\n\n".join(paragraphs), checklist.contact.email or "")


def _title(checklist: Checklist, domain: str) -> str:
    found = next((one for one in checklist.domains if one.id == domain), None)
    return found.title[session.language()] if found else session.say()("ideas.domain.none")


def _domain_key(domain: str) -> str:
    return f"idea.domain.{domain or 'whole'}"


def _domain(checklist: Checklist, domain: str) -> str:
    """The one that was chosen, else that of the step."""
    chosen = session.idea_draft().domain
    return chosen if chosen is not None and chosen in {"", *(one.id for one in checklist.domains)} else domain


def _idea(checklist: Checklist, domain: str) -> NewIdea:
    """What would be sent."""
    draft = session.idea_draft()
    return NewIdea(
        checklist_id=checklist.id,
        domain=_domain(checklist, domain),
        language=session.language(),
        text=clean(draft.text),
        may_be_quoted=draft.may_be_quoted,
        name=clean_line(draft.name),
        contact=clean_line(draft.contact),
    )


def _taken(domain: str) -> None:
    """What the fields hold is what was written. All of them: the framework may tell of a button before a field."""
    said = {name: session.chosen(session.key(f"idea.{name}")) for name in (*session.IDEA_FIELDS, "may_be_quoted")}
    chosen = session.chosen(session.key(_domain_key(domain)))
    if (chosen is not None and chosen != domain) or session.idea_draft().domain is not None:
        said["domain"] = chosen
    session.write_idea(**{name: value for name, value in said.items() if value is not None})


def _review(checklist: Checklist, domain: str) -> None:
    _taken(domain)
    say, idea = session.say(), _idea(checklist, domain)
    if not idea.text:
        _refuse("text", say("ideas.no_text"))
        return
    for name, id in (("text", "ideas.too_long"), ("name", "ideas.line_too_long"), ("contact", "ideas.line_too_long")):
        found = len(getattr(idea, name))
        if found > _MOST[name]:
            _refuse(name, say(id, found=say.number(found), most=say.number(_MOST[name])))
            return
    session.write_idea(stage="reading")
    session.restore_focus("idea.send", even_from="idea.review")


def _refuse(field: str, sentence: str) -> None:
    session.write_idea(refusal=(field, sentence))
    session.restore_focus(f"idea.{field}" if field else "idea.send", even_from="idea.review")


def _mend() -> None:
    session.write_idea(stage="writing")
    session.restore_focus("idea.text", even_from="idea.mend")


def _send(checklist: Checklist, domain: str) -> None:
    from pensebete.storage.current import store  # it brings the database with it, which most visits never need
    from pensebete.storage.ideas import add_idea

    if session.reading_only() or session.trying_out() or session.idea_draft().stage != "reading":
        return  # the last one: it was tapped twice
    try:
        with may_send_idea():
            sent = add_idea(store(), _idea(checklist, domain), datetime.now(UTC))
    except StoreError as error:
        say = session.say()
        _refuse("", say("ideas.not_done", reason=error.sentence(say)))
        return
    session.idea_was_sent(sent)
    session.write_another_idea(False)
    session.restore_focus(f"idea.withdraw.{sent.code}", even_from="idea.send")


def _another() -> None:
    session.write_another_idea(True)
    session.restore_focus("idea.text", even_from="idea.another")


def _withdraw(idea: Idea) -> None:
    from pensebete.storage.current import store
    from pensebete.storage.ideas import withdraw_idea

    say = session.say()
    try:
        withdraw_idea(store(), idea, datetime.now(UTC))
    except StoreError as error:
        session.notify(error.sentence(say), in_view=True)
        return
    session.idea_was_withdrawn(idea)
    session.notify(say("ideas.withdrawn"), in_view=True)
    look_at_ideas()
