"""The first page: what this is, how long it takes, what happens to the data, the profile, a dossier to resume."""

from pensebete.web import session
from pensebete.web.introduction import introduction, resources
from pensebete.web.profile_form import profile_form
from pensebete.web.resume import resume_form
from pensebete.web.ways_on import way_on_to

checklist = session.checklist()

introduction(checklist)
resume_form(checklist)
profile_form(checklist)
resources(checklist)
way_on_to("questionnaire", "start.begin")
