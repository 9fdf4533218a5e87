"""The application that a server runs: `streamlit run app.py` and, from this folder, `uvicorn app:app`."""

import streamlit as st

from pensebete.web.server.connections import allow_many_files, bound_connections
from pensebete.web.server.drain import drain_before_the_end
from pensebete.web.server.error_pages import script_error
from pensebete.web.server.left_visits import bound_left_visits
from pensebete.web.server.lifespan import starting
from pensebete.web.server.lighter_messages import hand_over_together
from pensebete.web.server.lighter_runs import lighten_runs
from pensebete.web.server.log_lines import write_lines
from pensebete.web.server.log_masking import careful_logs
from pensebete.web.server.log_repeats import say_repeated_errors_once_a_minute
from pensebete.web.server.metrics import tell_metrics
from pensebete.web.server.middleware import MIDDLEWARE
from pensebete.web.server.no_tables import give_no_tables
from pensebete.web.server.routes import routes
from pensebete.web.server.security_headers import internal_error
from pensebete.web.server.taps import hear_every_tap
from pensebete.web.server.turns import take_turns
from pensebete.web.server.uploads import bound_uploads
from pensebete.web.session.widgets import of_a_page_before

careful_logs()
write_lines()
say_repeated_errors_once_a_minute()
allow_many_files()
bound_connections()
drain_before_the_end()
bound_uploads()
bound_left_visits()
tell_metrics()
take_turns()
hear_every_tap(of_a_page_before)
lighten_runs()
hand_over_together()
give_no_tables()
app = st.App(
    "pensebete/web/router.py",
    lifespan=starting,
    routes=routes(),
    middleware=MIDDLEWARE,
    exception_handlers={Exception: internal_error},
    on_script_error=script_error,
)
