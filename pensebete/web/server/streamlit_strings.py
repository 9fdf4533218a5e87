"""What Streamlit itself says, which has no setting: each of its English texts, and the id of our sentence for it.

A text is a pattern, matched from end to end by static/streamlit-strings.js; what stands in its parentheses goes into
{1}, {2}. A test walks the pages and fails on an English text that is not here.
"""

from __future__ import annotations

import json

from pensebete.text.wording import LANGUAGES, wording

_SIZE = r"([\d.]+[KMG]?B)"
_OUT_OF_RANGE = r"Date set outside allowed range\. Please select a date"
_FRAMEWORK_SAYS = {
    # The frame
    r"Skip to main content": "framework.skip",
    r"Close": "framework.close",
    r"pages-of-journey": "framework.pages",  # named so by streamlit-strings.js
    r"pages-of-menu": "framework.pages.menu",
    r"Page not found": "framework.not_found",
    r"You have requested page /.*|The page that you have requested does not seem to exist.*": "framework.not_found.why",
    r"Running\.\.\.|Stopping\.\.\.|Please wait\.\.\.": "framework.wait",
    # The connection
    r"Connecting|Connecting to Streamlit server": "framework.connecting",
    r"Connection error|Unable to connect to Streamlit server": "framework.connection",
    r"Is Streamlit still running\?.*|Streamlit server is not responding.*|Cannot connect to Streamlit.*"
    r"|Connection timed out\b.*|Connection lost\..*|Connection failed with status .*"
    r"|Failed to fetch dynamically imported module.*|Your app is having trouble loading the component\..*": (
        "framework.connection.why"
    ),
    r"Reconnected to server\.": "line.back",
    r"Script execution error|Bad message format|Failed to process a Websocket message.*": "framework.fault",
    r"Error|TypeError": "framework.error",
    # Fields. What is typed is kept when its field is left, by any way; in a form, once the form is sent.
    r"Press (?:⌘\+|Ctrl\+)?Enter to apply": "framework.kept_on_leaving",
    r"Press (?:⌘\+|Ctrl\+)?Enter to submit form": "framework.enter",
    r"No results": "framework.no_results",
    r"Add: (.*)": "framework.add",
    r"Clear value|Clear entry|Clear date": "framework.clear",
    r"Open": "framework.open",
    r"Selectbox options": "framework.options",
    r"(\d+) options? available\.": "framework.options.count",
    r"Dismiss|Rejeter": "framework.close",
    r"Empty": "framework.empty",
    # The keys of a button
    r"Shortcut Shift \+ (.*)": "framework.keys.shift",
    r"Shortcut (.*)": "framework.key",
    r"Shift \+ (.*)": "framework.shift",
    # Dates
    r"Choose date": "framework.choose_date",
    r"Choose date, (.*)": "framework.choose_date.month",
    r"Previous month": "framework.month.previous",
    r"Next month": "framework.month.next",
    r"day, (.*)": "framework.day",
    r"month, (.*)": "framework.month",
    r"year, (.*)": "framework.year",
    r"(\d+) – (\w+)": "framework.month.number",
    r"Selected Date: (.*)": "framework.date.selected",
    r"dd": "framework.day.letters",
    r"yyyy": "framework.year.letters",
    r"Use arrow keys to navigate dates\. Enter to select\. Escape to close\.": "framework.dates",
    r"progress": "framework.progress",
    # A file
    r"Upload": "framework.upload",
    r"Add files": "framework.add_file",
    r"file upload": "framework.file",
    r"Drag and drop a file here|Drag and drop files here": "framework.drop",
    r"(?:add|upload) icon": "framework.icon",
    rf"{_SIZE} per file": "framework.per_file",
    r"Remove (.*)": "framework.remove",
    r"Error:": "framework.error_before",
    r"(?:File must be .* smaller\. )?(?:.*) files are not allowed\.(?: File must be .*)?": "framework.kind",
    r"Only one file is allowed\.": "framework.one_file",
    r"(?:AxiosError: )?(?:Unexpected error\. Please try again\.|File size is too small\.|Network [Ee]rror|Unknown error"
    r"|Request aborted|Request (?:failed|timed out).*|(?:Error|Failed) uploading file.*"
    r"|Server is disconnected.*)": "framework.not_sent",
    rf"File must be {_SIZE} or smaller\.": "framework.too_big",
    _SIZE: "framework.size",
    rf"(.*), {_SIZE}": "framework.file_of_size",
    # Around a chart or a text to copy
    r"Fullscreen": "framework.fullscreen",
    r"Close fullscreen": "framework.fullscreen.close",
    r"Copy to clipboard": "framework.copy",
    r"Copied": "framework.copied",
    # A date that a field refuses
    rf"(?:Error: )?{_OUT_OF_RANGE} on or before (.*)\.": "framework.date.before",
    rf"(?:Error: )?{_OUT_OF_RANGE} on or after (.*)\.": "framework.date.after",
    rf"(?:Error: )?{_OUT_OF_RANGE} between (.*) and (.*)\.": "framework.date.between",
    # What is said of a field, behind its question mark
    r"Help for (.*)": "framework.help",
}
# What is for those who run a server, and says nothing to a visitor.
_LEFT_OUT = (
    r"streamlit run .*",
    r"If you are trying to access a Streamlit app running on another server.*",
    r"CORS",
    r"settings\.",
)
# In the place of what a field takes, which the script finds beside it: « JSON ou PDF ».
KINDS = "$kinds"


def framework_words() -> str:
    """Language -> [pattern, sentence], as JSON that may stand in a page."""
    found = {}
    for language in LANGUAGES:
        say = wording(language)
        found[language] = [
            *([pattern, say(id, first="$1", second="$2", kinds=KINDS)] for pattern, id in _FRAMEWORK_SAYS.items()),
            *([pattern, ""] for pattern in _LEFT_OUT),
        ]
    return json.dumps(found, ensure_ascii=False).replace("<", "\\u003c")
