"""yaml-language-server, the program that editors run to help with YAML, spoken to over its pipes as they do."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any

PROGRAM = Path(__file__).parent / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
SECONDS_TO_ANSWER = 60  # a busy machine is no fault of the schema


class LanguageServer:
    """The editor's side: it opens documents, asks about a place in them, and hears what is to be underlined."""

    def __init__(self, pipe: IO[bytes], heard: SimpleQueue[Any], settings: dict[str, Any]) -> None:
        self._pipe = pipe
        self._heard = heard
        self._settings = settings
        self._configured = False
        self._asked = 0
        self._answers: dict[int, dict[str, Any]] = {}
        self._faults: dict[str, list[dict[str, Any]]] = {}

    def begin(self, folder: Path) -> None:
        """Agree on what each side can do. The settings are given before any document: it is read in their light."""
        here = {"uri": folder.as_uri(), "name": folder.name}
        able = {"workspace": {"configuration": True}, "textDocument": {"publishDiagnostics": {}}}
        self._ask("initialize", processId=os.getpid(), workspaceFolders=[here], capabilities=able, locale="fr")
        self._tell("initialized")
        self._listen_until(lambda: self._configured)

    def open(self, file: Path, text: str) -> None:
        self._tell(
            "textDocument/didOpen", textDocument={**_document(file), "languageId": "yaml", "version": 1, "text": text}
        )

    def faults(self, file: Path) -> list[dict[str, Any]]:
        """What is underlined in an open document, each with its `message` and its `range`."""
        uri = file.as_uri()
        self._listen_until(lambda: uri in self._faults)
        return self._faults[uri]

    def proposals(self, file: Path, line: int, character: int) -> list[str]:
        """What the list under the caret offers."""
        return [proposal["label"] for proposal in self.completions(file, line, character)]

    def completions(self, file: Path, line: int, character: int) -> list[dict[str, Any]]:
        """The same, each with its `insertText` and its `documentation`."""
        found: dict[str, list[dict[str, Any]]] = self._ask_at("textDocument/completion", file, line, character)
        return found["items"]

    def hover(self, file: Path, line: int, character: int) -> str:
        """What is shown when the mouse rests there."""
        found = self._ask_at("textDocument/hover", file, line, character)
        return found["contents"]["value"] if found else ""

    def _ask_at(self, method: str, file: Path, line: int, character: int) -> Any:
        return self._ask(method, textDocument=_document(file), position={"line": line, "character": character})

    def _ask(self, method: str, **params: Any) -> Any:
        self._asked += 1
        asked = self._asked
        self._send(id=asked, method=method, params=params)
        self._listen_until(lambda: asked in self._answers)
        answer = self._answers.pop(asked)
        assert "error" not in answer, answer
        return answer["result"]

    def _tell(self, method: str, **params: Any) -> None:
        self._send(method=method, params=params)

    def _send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._pipe.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._pipe.flush()

    def _listen_until(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        while not done():
            try:
                message = self._heard.get(timeout=max(0, deadline - time.monotonic()))
            except Empty:
                raise TimeoutError(f"yaml-language-server said nothing of it in {SECONDS_TO_ANSWER} s") from None
            assert message is not None, "yaml-language-server stopped"
            self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        """Keep an answer and what is underlined; answer what is asked; leave the rest, such as the log."""
        match message:
            case {"method": "workspace/configuration", "id": id, "params": {"items": items}}:
                self._send(id=id, result=[self._settings.get(item["section"]) for item in items])
                self._configured = True
            case {"method": _, "id": id}:
                self._send(id=id, result=None)
            case {"method": "textDocument/publishDiagnostics", "params": {"uri": uri, "diagnostics": faults}}:
                self._faults[uri] = faults
            case {"id": id}:
                self._answers[id] = message


@contextmanager
def language_server(folder: Path, settings: dict[str, Any]) -> Iterator[LanguageServer]:
    """A server at work on a folder, with the settings of an editor."""
    assert PROGRAM.is_file(), "no yaml-language-server: run tools/install-node-packages tests/editor"
    call = ["node", str(PROGRAM), "--stdio"]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        heard: SimpleQueue[Any] = SimpleQueue()
        # Read apart: a server whose pipe is full would stop reading ours.
        reader = Thread(target=_read, args=(process.stdout, heard))
        reader.start()
        try:
            server = LanguageServer(process.stdin, heard, settings)
            server.begin(folder)
            yield server
        finally:
            process.kill()
            reader.join()


def _read(pipe: IO[bytes], heard: SimpleQueue[Any]) -> None:
    """Each message is headers, an empty line, and as many bytes of JSON as a header announced. None is the end."""
    length = 0
    for line in pipe:
        if line.lower().startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
        elif not line.strip():
            heard.put(json.loads(pipe.read(length)))
    heard.put(None)


def _document(file: Path) -> dict[str, str]:
    return {"uri": file.as_uri()}
