"""The arguments of a call, in the language asked for: argparse by itself speaks English, whatever it is told."""

from __future__ import annotations

import re
from argparse import ArgumentParser, HelpFormatter
from collections.abc import Callable
from datetime import date, tzinfo
from functools import partial
from typing import Any, NoReturn

from pensebete.assessment.local_time import UnknownZoneError, zone_named
from pensebete.assessment.model import FIRST_DAY, LAST_DAY
from pensebete.text.wording import Wording


class WrongUseError(Exception):
    """The call cannot be carried out as it is; each argument is a whole line to say."""


class Arguments(ArgumentParser):
    """A parser whose help and errors are sentences of the catalogues. Words in full: `--la` is not `--lang`."""

    def __init__(self, say: Wording, **details: Any) -> None:
        details = {"add_help": False, "allow_abbrev": False, "formatter_class": partial(_Help, say), **details}
        super().__init__(**details)
        self.say = say
        self._named = self.add_argument_group(say("cli.help.options"))
        self._named.add_argument("-h", "--help", action="help", help=say("cli.help.help"))
        self._placed = self.add_argument_group(say("cli.help.arguments"))

    def take(self, *names: str, metavar: str = "", about: str = "", **details: Any) -> None:
        """An argument and its help, of the same name unless `about` gives one: `--months` has `cli.help.months`."""
        group = self._named if names[0].startswith("-") else self._placed
        if metavar:
            details["metavar"] = self.say(f"cli.metavar.{metavar}")
        group.add_argument(*names, help=self.say(f"cli.help.{about or names[-1].lstrip('-')}"), **details)

    def commands(self) -> AddCommand:
        """A function that adds a command: its name and what to run."""
        say = self.say
        parsers: Any = self.add_subparsers(
            required=True, metavar=say("cli.help.command"), title=say("cli.help.commands")
        )

        def command(name: str, run: Callable[..., int]) -> Arguments:
            words = say(f"cli.help.{name}")
            added: Arguments = parsers.add_parser(name, say=say, help=words, description=words)
            added.set_defaults(run=run)
            return added

        return command

    def print_help(self, file: Any = None) -> None:
        print(self.format_help(), end="", file=file)  # argparse would keep quiet about a full disk

    def error(self, message: str) -> NoReturn:
        raise WrongUseError(self._sentence(message), *self.format_usage().splitlines())

    def _sentence(self, message: str) -> str:
        for pattern, id in _ENGLISH.items():
            if found := re.fullmatch(pattern, message, re.DOTALL):
                parts: dict[str, Any] = {k: v.replace("'", "") for k, v in found.groupdict().items()}
                return self.say(id, **parts)
        return self.say("cli.wrong_call")


# Adds a command: its name, and what to run.
AddCommand = Callable[[str, Callable[..., int]], Arguments]

# What argparse says -> the sentence that says it.
_ENGLISH = {
    r"the following arguments are required: (?P<names>.+)": "cli.missing",
    r"unrecognized arguments: (?P<words>.+)": "cli.unrecognised",
    r"argument (?P<name>.+?): invalid choice: (?P<value>.+) \(choose from (?P<choices>.+)\)": "cli.invalid_choice",
    r"argument (?P<name>.+?): expected .*argument.*": "cli.no_value",
    r"argument (?P<name>.+?): ignored explicit argument .*": "cli.takes_no_value",
}


def day(say: Wording) -> Callable[[str], date]:
    """The type of an argument that is a day of a plan."""

    def read(text: str) -> date:
        try:
            found = date.fromisoformat(text)
        except ValueError:
            found = None
        if found is None or not FIRST_DAY <= found <= LAST_DAY:
            first, last = say.short_date(FIRST_DAY), say.short_date(LAST_DAY)
            raise WrongUseError(say("cli.not_a_day", value=text, first=first, last=last))
        return found

    return read


def time_zone(say: Wording) -> Callable[[str], tzinfo]:
    """The type of an argument that names a time zone."""

    def read(text: str) -> tzinfo:
        try:
            return zone_named(text)
        except UnknownZoneError:
            raise WrongUseError(say("cli.not_a_zone", value=text)) from None

    return read


def whole_number(say: Wording) -> Callable[[str], int]:
    def read(text: str) -> int:
        try:
            return int(text)
        except ValueError:
            raise WrongUseError(say("cli.not_a_number", value=text)) from None

    return read


class _Help(HelpFormatter):
    def __init__(self, say: Wording, *details: Any, **named: Any) -> None:
        super().__init__(*details, **named)
        self.say = say

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, self.say("cli.help.usage") + " " if prefix is None else prefix)
