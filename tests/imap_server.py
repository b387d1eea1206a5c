"""A mailbox of our own: speaks enough IMAP to be read, or to refuse it the way it is told to."""

from __future__ import annotations

import re
import socketserver
import threading


class _Session(socketserver.StreamRequestHandler):
    server: ImapServer

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        self.say("* OK [CAPABILITY IMAP4rev1] ready")
        while line := self.rfile.readline().decode().strip():
            tag, _, rest = line.partition(" ")
            verb = rest.split()[0].upper()
            self.server.asked.append(rest)
            if self.server.hang_up_at and self.server.hang_up_at in rest:
                return
            if verb == "LOGIN" and '"right"' not in rest:
                self.say(f"{tag} NO [AUTHENTICATIONFAILED] Authentication failed.")
                continue
            if verb in ("SELECT", "EXAMINE") and '"INBOX"' not in rest:
                self.say(f"{tag} NO Mailbox doesn't exist")
                continue
            getattr(self, f"_{verb.lower()}", lambda _: None)(rest)
            self.say(f"{tag} OK done")
            if verb == "LOGOUT":
                return

    def _capability(self, _: str) -> None:
        self.say("* CAPABILITY IMAP4rev1")

    def _examine(self, _: str) -> None:
        self.say(f"* {len(self.server.letters)} EXISTS")
        self.say(f"* OK [UIDVALIDITY {self.server.validity}] valid")

    def _logout(self, _: str) -> None:
        self.say("* BYE")

    def _uid(self, rest: str) -> None:
        if found := re.match(r"UID SEARCH UID (\d+):\* SINCE", rest):
            numbers = [n for n in self.server.letters if n >= int(found[1])]
            numbers = numbers or [max(self.server.letters, default=0)][: len(self.server.letters)]
            self.say(" ".join(["* SEARCH", *map(str, numbers)]))
        if found := re.match(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", rest):
            number, raw = int(found[1]), self.server.letters.get(int(found[1]), b"")[: int(found[2])]
            if number in self.server.letters:
                self.wfile.write(
                    f"* 1 FETCH (UID {number} BODY[]<0> {{{len(raw)}}}\r\n".encode() + raw + b")\r\n"
                )


class ImapServer(socketserver.ThreadingTCPServer):
    """`hang_up_at` cuts the line when a command has these words."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.user, self.password = "feedback", "right"
        self.letters: dict[int, bytes] = {}
        self.validity = 1
        self.hang_up_at = ""
        self.asked: list[str] = []
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def add(self, raw: bytes) -> int:
        number = max(self.letters, default=0) + 1
        self.letters[number] = raw
        return number

    def handle_error(self, *_: object) -> None:
        """A client that gives up is what we test."""

    def stop(self) -> None:
        self.shutdown()
        self.server_close()
        self.thread.join()
