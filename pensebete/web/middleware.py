"""What every request passes through before Streamlit sees it, outermost first."""

from starlette.middleware import Middleware

from pensebete.web.compressed_files import CompressedFiles
from pensebete.web.lighter_icons import LighterIcons
from pensebete.web.page_html import PageHtml
from pensebete.web.security_headers import SecurityHeaders

MIDDLEWARE = [Middleware(SecurityHeaders), Middleware(PageHtml), Middleware(LighterIcons), Middleware(CompressedFiles)]
