"""What PENSEBETE_DATABASE_URL says of a PostgreSQL database; and what is wrong with it, in a sentence."""

from __future__ import annotations

import traceback

import pytest
from sqlalchemy.engine import make_url

from pensebete.storage.engine import open_store
from pensebete.storage.errors import StoreAddressError
from pensebete.storage.postgresql_address import read_address
from pensebete.text.wording import LANGUAGES, wording

H1, H2 = {"host": "h1", "port": "5432"}, {"host": "h2", "port": "5433"}


@pytest.mark.parametrize(
    ("address", "servers"),
    [
        ("postgresql://u:p@h1:5432/d", (H1,)),
        ("postgresql://u:p@h1/d", ({"host": "h1"},)),
        ("postgresql:///d", ({},)),
        ("postgresql://u@/d?host=/var/run/postgresql", ({"host": "/var/run/postgresql"},)),
        ("postgresql://u:p@/d?host=h1:5432&host=h2:5433", (H1, H2)),
        ("postgresql://u:p@/d?host=h1,h2&port=5432,5433", (H1, H2)),
        ("postgresql://u:p@h1,h2/d", ({"host": "h1"}, {"host": "h2"})),
        ("postgresql://u:p@/d?host=[::1]:5432&host=h2:5433", ({"host": "::1", "port": "5432"}, H2)),
        ("postgresql://u:p@[::1]:5432/d", ({"host": "::1", "port": "5432"},)),
    ],
)
def test_one_server_or_several_in_their_order(address, servers):
    found = read_address(make_url(address))
    assert found.servers == servers
    assert found.writable == (len(servers) > 1), "of several, the one that takes what is written"


def test_what_the_driver_knows_is_handed_on():
    said = "sslmode=require&connect_timeout=9&target_session_attrs=primary&application_name=x"
    found = read_address(make_url(f"postgresql://u:p%40ss@h1/d?{said}"))
    assert found.writable
    assert found.parameters == {
        "user": "u",
        "password": "p@ss",
        "dbname": "d",
        "sslmode": "require",
        "connect_timeout": "9",
        "application_name": "x",
    }


SECRET = "marge"  # the password, or a part of it


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("postgresql://u:marge@h1:5432,h2:5432/d", "?host=h1:5432&host=h2:5432"),
        ("postgresql://u:marge@h1:x/d", "65535"),
        ("postgresql://u:marge@h1:99999/d", "65535"),
        ("postgresql://u:marge@/d?host=h1,,h2", "?host=h1:5432&host=h2:5432"),
        ("postgresql://u:marge@/d?host=h1&host=h2&port=1,2,3", "?host=h1:5432&host=h2:5432"),
        ("postgresql://u:marge@/d?host=a:b:c", "?host=h1:5432&host=h2:5432"),
        ("postgresql://u:marge@h0/d?host=h1", "host="),
        ("postgresql://u:marge@h1/d?sslmod=require", "“sslmode”"),
        ("postgresql://u:marge@h1/d?xyzzy=1", "“xyzzy”"),
        ("postgresql://u:marge@h1/d?sslmode=yes", "verify-full"),
        ("postgresql://u:marge@h1/d?target_session_attrs=standby", "read-write"),
        ("postgresql://u:marge@h1/d?connect_timeout=soon", "“connect_timeout”"),
        ("postgresql://u:marge@h1/d?sslmode=require&sslmode=disable", "“sslmode”"),
        ("postgresql://u:marge@h1/d?sslrootcert=/there/is/none", "“sslrootcert”"),
        ("postgresql://u:m@marge@h1/d", "%40"),
        ("postgresql://u:m@x?marge@h1/d", "%40"),
        ("postgresql:u:marge@h1/d", "sqlite:///"),
    ],
)
def test_what_is_wrong_is_said_with_how_to_mend_it_and_nothing_of_the_password(address, words):
    with pytest.raises(StoreAddressError) as refused:
        open_store(address)
    said = [refused.value.sentence(wording(language)) for language in LANGUAGES]
    assert all("PENSEBETE_DATABASE_URL" in sentence for sentence in said)
    assert words in said[LANGUAGES.index("en")]
    assert SECRET not in "".join([*said, *traceback.format_exception(refused.value), repr(vars(refused.value))])
