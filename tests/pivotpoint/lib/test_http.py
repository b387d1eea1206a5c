"""Outgoing calls reach what was checked, and nothing else. A real server answers on the loopback."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from pivotpoint.lib import addresses
from pivotpoint.lib.http import Forbidden, Unreachable, call, kept


class Talker(BaseHTTPRequestHandler):
    """Answers by path: redirects, drips, floods, hangs up, or echoes."""

    def log_message(self, *_: Any) -> None:
        pass

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        port = self.server.server_port  # type: ignore[attr-defined]
        aims = {
            "/see-other": (303, "/echo"),
            "/same": (307, "/echo"),
            "/round": (307, "/round"),
            "/inside": (307, "http://169.254.169.254/latest/"),
            "/elsewhere": (307, f"http://localhost:{port}/echo"),
        }
        if self.path in aims:
            status, target = aims[self.path]
            self.send_response(status)
            self.send_header("Location", target)
            self.end_headers()
        elif self.path == "/hang-up":
            self.connection.close()
        elif self.path == "/drip":
            self.send_response(200)
            self.end_headers()
            for _ in range(40):
                self.wfile.write(b"." * 16_384)
                time.sleep(0.05)
        elif self.path == "/flood":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"x" * 2_000_000)
        else:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"host": "%s", "body": "%s"}' % (self.headers["Host"].encode(), body))

    def do_GET(self) -> None:
        self.do_POST()


@pytest.fixture
def server(settings: Any) -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Talker)
    httpd.handle_error = lambda *_: None  # type: ignore[method-assign]
    Thread(target=httpd.serve_forever, args=(0.02,), daemon=True).start()
    settings.OUTGOING_PRIVATE_HOSTS = [f"127.0.0.1:{httpd.server_port}"]
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


def test_a_named_private_host_answers(server: str) -> None:
    answer = call("POST", f"{server}/echo", content=b"hello")
    assert answer.ok
    assert answer.json() == {"host": server[7:], "body": "hello"}


class Keeper(BaseHTTPRequestHandler):
    """Keeps the line open, gives a cookie, and says which port the line came from and which cookie it brought."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        said = f"{self.client_address[1]} {self.headers.get('Cookie', '')}".encode()
        self.send_response(200)
        self.send_header("Set-Cookie", "who=you")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)


@pytest.fixture
def keeper(settings: Any) -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Keeper)
    Thread(target=httpd.serve_forever, args=(0.02,), daemon=True).start()
    settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1", "localhost"]
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


def test_calls_to_one_host_share_a_line_where_it_is_kept_and_no_cookie(keeper: str) -> None:
    apart = {call("POST", keeper).text for _ in range(2)}
    assert len(apart) == 2
    with kept():
        first, second = (call("POST", keeper).text for _ in range(2))
        other = call("POST", keeper.replace("127.0.0.1", "localhost")).text
    assert first == second
    assert other != first
    assert first.endswith(" ")
    assert call("POST", keeper).text not in {first, other}


def test_a_private_host_that_nobody_named_is_not_called(server: str, settings: Any) -> None:
    settings.OUTGOING_PRIVATE_HOSTS = []
    with pytest.raises(Forbidden, match=r"private address 127.0.0.1; name it in OUTGOING_PRIVATE_HOSTS"):
        call("POST", f"{server}/echo")


def test_a_redirect_into_the_house_is_refused(server: str) -> None:
    with pytest.raises(Forbidden, match=r"169.254.169.254"):
        call("POST", f"{server}/inside")
    with pytest.raises(Forbidden, match=r"169.254.169.254"):
        call("GET", f"{server}/inside")


def test_what_is_meant_for_one_receiver_is_not_carried_to_another(server: str, settings: Any) -> None:
    settings.OUTGOING_PRIVATE_HOSTS += ["localhost"]
    with pytest.raises(Forbidden, match="redirects to another receiver, localhost"):
        call("POST", f"{server}/elsewhere", content=b"secret")
    with pytest.raises(Forbidden, match="redirects with 303"):
        call("POST", f"{server}/see-other", content=b"secret")
    assert call("GET", f"{server}/see-other").ok


def test_redirects_end(server: str) -> None:
    assert call("POST", f"{server}/same", content=b"again").json()["body"] == "again"
    with pytest.raises(Unreachable, match="redirects more than 3 times"):
        call("POST", f"{server}/round")


def test_size_and_time_are_bounded(server: str) -> None:
    assert len(call("GET", f"{server}/flood", limit=1000).body) == 1000
    begun = time.monotonic()
    call("GET", f"{server}/drip", seconds=0.3)
    assert time.monotonic() - begun < 1.5


def test_a_receiver_that_hangs_up_or_is_not_there_is_unreachable(server: str) -> None:
    with pytest.raises(Unreachable):
        call("POST", f"{server}/hang-up")
    with pytest.raises(Unreachable, match="no host"):
        call("POST", "http://nobody.invalid/")


def test_the_proxy_of_the_environment_is_not_asked(server: str, monkeypatch: Any) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert call("GET", f"{server}/echo").ok


def test_every_address_behind_a_name_is_checked(monkeypatch: Any) -> None:
    def two(*_: Any, **__: Any) -> list[Any]:
        return [(0, 0, 0, "", (ip, 443)) for ip in ("93.184.216.34", "10.0.0.8")]

    monkeypatch.setattr(socket, "getaddrinfo", two)
    with pytest.raises(Forbidden, match=r"private address 10.0.0.8"):
        addresses.pin("https://two-faced.example/hook")


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),  # noqa: S104
        *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1"),
        *("::127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1"),
    ],
)
def test_private_addresses_are_recognised_in_every_dress(address: str) -> None:
    assert not addresses.is_public(address)


def test_public_addresses_are_public() -> None:
    assert addresses.is_public("93.184.216.34")
    assert addresses.is_public("2606:4700::1111")


@pytest.mark.parametrize(
    "url",
    ["ftp://host.example/", "file:///etc/passwd", "https://", "no address", "https://me:word@host.example/"],
)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(Forbidden):
        addresses.pin(url)
