"""One line says one thing after the other and takes no answer for another's. What the other side says is scripted."""

from __future__ import annotations

import gzip
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from pivotpoint.lib import line
from pivotpoint.lib.http import Answer, Forbidden, Unreachable, call, kept

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Scripted:
    """Answers each request with the next of `says`: bytes, or pieces with a pause before each; counts its lines."""

    def __init__(self, *says: bytes | list[bytes], pause: float = 0.05, context: Any = None) -> None:
        self.says, self.pause, self.context = list(says), pause, context
        self.lines = 0
        self.heard: list[bytes] = []
        self.named: list[str | None] = []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                taken, _ = self.listening.accept()
                self.lines += 1
                Thread(target=self._talk, args=(taken,), daemon=True).start()

    def _talk(self, taken: socket.socket) -> None:
        with suppress(OSError), closing(self._wrapped(taken)) as taken:
            while self.says and (said := self._request(taken)):
                self.heard.append(said)
                answer = self.says.pop(0)
                for piece in [answer] if isinstance(answer, bytes) else answer:
                    time.sleep(0 if isinstance(answer, bytes) else self.pause)
                    taken.sendall(piece)

    def _wrapped(self, taken: socket.socket) -> socket.socket:
        return self.context.wrap_socket(taken, server_side=True) if self.context else taken

    def _request(self, taken: socket.socket) -> bytes:
        said = b""
        while b"\r\n\r\n" not in said:
            piece = taken.recv(65_536)
            if not piece:
                return b""
            said += piece
        return said

    def close(self) -> None:
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()


Script = Callable[..., Scripted]


@pytest.fixture
def script(settings: Any) -> Iterator[Script]:
    made: list[Scripted] = []

    def make(*says: bytes | list[bytes], **how: Any) -> Scripted:
        made.append(Scripted(*says, **how))
        return made[-1]

    settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
    yield make
    for each in made:
        each.close()


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Key": "one\r\nX-Other: two"},
        {"X-Key": "one\n two"},
        {"X-Key": "one\rtwo"},
        {"X-Key": "nul\0"},
        {"X-Key": "grüße"},
        {"X-Key": " begins with a blank"},
        {"X-Key\r\nX-Other": "two"},
        {"X Key": "two"},
        {"": "two"},
    ],
)
def test_one_header_does_not_become_two(script: Script, headers: dict[str, str]) -> None:
    server = script(OK)
    with pytest.raises(Forbidden, match="holds what no header may") as refused:
        call("POST", server.url, headers=headers)
    assert "two" not in str(refused.value)
    assert server.lines == 0


def test_a_method_is_a_word(script: Script) -> None:
    with pytest.raises(Forbidden, match="its method is none"):
        call("GET / HTTP/1.1\r\nX: y\r\n\r\nGET", script(OK).url)


def test_a_request_is_said_in_one_piece_and_named_after_its_host(script: Script) -> None:
    server = script(OK)
    assert (
        call("POST", f"{server.url}a b?c=d", headers={"accept": "text/plain"}, content=b"hello").text == "ok"
    )
    head, body = server.heard[0].split(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert (lines[0], body) == (b"POST /a%20b?c=d HTTP/1.1", b"hello")
    assert f"Host: 127.0.0.1:{server.port}".encode() in lines
    assert b"Content-Length: 5" in lines
    assert [each for each in lines if each.lower().startswith(b"accept:")] == [b"accept: text/plain"]


def test_headers_that_drip_do_not_hold_the_worker(script: Script) -> None:
    server = script([b"HTTP/1.1 200 OK\r\n", *(b"X-%d: y\r\n" % n for n in range(60))])
    began = time.monotonic()
    with pytest.raises(Unreachable, match="No answer in time"):
        call("GET", server.url, seconds=0.4)
    assert time.monotonic() - began < 1.5


def test_a_body_that_stops_is_no_answer_and_one_that_drips_is_cut(script: Script) -> None:
    began = time.monotonic()
    with pytest.raises(Unreachable, match="No answer in time"):
        call("GET", script([OK.replace(b": 2", b": 9"), b""], pause=2).url, seconds=0.1)
    packed = gzip.compress(bytes(range(256)) * 400, compresslevel=0)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    dripping = [head, *(packed[n : n + 99] for n in range(0, len(packed), 99))]
    answer = call("GET", script(dripping, pause=0.02).url, seconds=0.3)
    assert answer.ok
    assert len(answer.body) < 20_000
    assert time.monotonic() - began < 5


def test_a_body_that_breaks_off_is_no_answer(script: Script) -> None:
    for broken in (
        OK.replace(b": 2", b": 9"),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nok",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\nok",
        b"HTTP/1.1 200 OK\r\nno header at all\r\nContent-Length: 2\r\n\r\nok",
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nok",
    ):
        with pytest.raises(Unreachable):
            call("GET", script(broken).url)


def test_chunks_are_put_together_and_what_is_packed_is_unpacked_within_the_limit(script: Script) -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    packed = gzip.compress(b"a" * 5_000_000)
    large = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed
    server = script(chunked, chunked, large)
    with kept():
        assert [call("GET", server.url).text for _ in range(2)] == ["abcde"] * 2
        assert server.lines == 1
        assert call("GET", server.url, limit=1000).body == b"a" * 1000


def test_a_hint_of_an_answer_is_not_the_answer(script: Script) -> None:
    hints = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    server = script(hints + OK, OK)
    with kept():
        assert [call("POST", server.url).status for _ in range(2)] == [200, 200]
    assert server.lines == 1


def answers(server: Scripted, limit: int = 1000) -> list[str]:
    """Of two calls one after the other, where the line is kept."""
    with kept():
        first: Answer = call("POST", server.url, limit=limit)
        time.sleep(0.05)
        return [first.text, call("POST", server.url, limit=limit).text]


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(OK + OK.replace(b"ok", b"no"), id="says more than was asked"),
        pytest.param(OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"), id="says that it hangs up"),
        pytest.param(b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", id="is old"),
        pytest.param([OK, OK.replace(b"ok", b"no")], id="says more a little later"),
        pytest.param(b"HTTP/1.1 204 No Content\r\n\r\nno", id="has a body that must not be"),
    ],
)
def test_a_line_on_which_an_answer_could_be_taken_for_another_is_not_used_again(
    script: Script, first: bytes | list[bytes]
) -> None:
    server = script(first, OK, pause=0.02)
    assert answers(server)[1] == "ok"
    assert server.lines == 2


def test_a_line_whose_answer_was_not_read_to_its_end_is_not_used_again(script: Script) -> None:
    server = script(OK, OK)
    assert answers(server, limit=1) == ["o", "o"]
    long = b"HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n" + b"x" * 50_000
    server = script(long, OK)
    assert answers(server, limit=10)[1] == "ok"
    assert server.lines == 2
    server = script([long[:-49_900], long[-49_900:]], OK, pause=0.5)
    assert answers(server, limit=10)[1] == "ok"
    assert server.lines == 2


def test_a_line_that_was_hung_up_on_or_rested_for_long_is_not_used_again(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = script(OK)
    with kept():
        assert call("GET", gone.url).ok
        time.sleep(0.05)
        gone.says = [OK]
        assert call("GET", gone.url).ok
    assert gone.lines == 2
    monkeypatch.setattr(line, "IDLE", 0.0)
    rested = script(OK, OK)
    assert answers(rested) == ["ok", "ok"]
    assert rested.lines == 2


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """For shop.example, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "shop.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("shop.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file = tmp_path / "shop.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *plain) + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture
def shop(script: Script, certificate: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Scripted:
    """At a checked address of this machine, whatever it is called; the certificate is one of those that we trust."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = script(OK, OK, context=context)
    context.sni_callback = lambda _, name, __: server.named.append(name)
    trusted = ssl.create_default_context(cafile=certificate)
    monkeypatch.setattr(line, "_trusted", lambda: trusted)
    found = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **more: found("127.0.0.1", *rest, **more))
    settings.OUTGOING_PRIVATE_HOSTS = ["shop.example", "other.example"]
    return server


def test_the_certificate_is_checked_for_the_name_at_the_checked_address(shop: Scripted) -> None:
    with kept():
        assert [call("POST", f"https://shop.example:{shop.port}/").text for _ in range(2)] == ["ok", "ok"]
    assert shop.named == ["shop.example"]
    assert f"Host: shop.example:{shop.port}".encode() in shop.heard[0]
    with pytest.raises(Unreachable, match=r"ConnectError: .*other.example"):
        call("POST", f"https://other.example:{shop.port}/")
    assert len(shop.heard) == 2


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    shop: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    found = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **more: found("127.0.0.1", *rest, **more))
    with pytest.raises(Unreachable, match="ConnectError: .*certificate"):
        call("POST", f"https://shop.example:{shop.port}/")
    assert shop.heard == []
