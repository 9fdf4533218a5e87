"""What every request passes through before Streamlit sees it, outermost first."""

from starlette.middleware import Middleware

from pensebete.web.server.address_door import AddressDoor
from pensebete.web.server.drain import DrainDoor
from pensebete.web.server.head_as_get import HeadAsGet
from pensebete.web.server.health import Health
from pensebete.web.server.icon_font import LighterIcons
from pensebete.web.server.in_pieces import InPieces
from pensebete.web.server.index_html import PageHtml
from pensebete.web.server.known_answers import KnownFiles
from pensebete.web.server.log_lines import RequestOfLine
from pensebete.web.server.message_door import MessageDoor
from pensebete.web.server.origin_door import OriginDoor
from pensebete.web.server.security_headers import SecurityHeaders
from pensebete.web.server.static_gzip import CompressedFiles
from pensebete.web.server.this_process import ProcessCookie, UploadsOfVisits
from pensebete.web.server.trusted_proxies import SchemeOfBrowser
from pensebete.web.server.visit_cookie import VisitCookie

MIDDLEWARE = [
    Middleware(HeadAsGet),
    Middleware(Health),
    Middleware(RequestOfLine),
    Middleware(InPieces),
    Middleware(SchemeOfBrowser),
    Middleware(SecurityHeaders),
    Middleware(DrainDoor),
    Middleware(UploadsOfVisits),
    Middleware(AddressDoor),
    Middleware(OriginDoor),
    Middleware(MessageDoor),
    Middleware(KnownFiles),
    Middleware(VisitCookie),
    Middleware(ProcessCookie),
    Middleware(PageHtml),
    Middleware(LighterIcons),
    Middleware(CompressedFiles),
]
