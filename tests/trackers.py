"""GitHub, GitLab and Jira as far as an issue goes. Requests and answers have the shapes of their public REST
documentation, cut down to what matters; each refuses what it does not know.
"""

from __future__ import annotations

import json
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Row = dict[str, Any]


class Tracker(ThreadingHTTPServer, ABC):
    """One project with its issues. `asked` holds each request; `lose` takes so many and does not answer."""

    daemon_threads = True
    headers: Row = {}
    wrong: Row = {}

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.issues: list[Row] = []
        self.asked: list[str] = []
        self.lose = 0
        self.busy = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_: Any) -> None:
        """A client that is cut off is what we test."""

    @abstractmethod
    def take(self, method: str, path: str, query: dict[str, str], body: Row) -> tuple[int, Any]:
        """Status and body of the answer."""

    def change(self, number: int, **fields: Any) -> Row:
        """Somebody works there."""
        self.issues[number - 1] |= fields
        return self.issues[number - 1]


class GitHub(Tracker):
    project = "fjordhus/shop"
    headers = {"Authorization": "Bearer right", "X-GitHub-Api-Version": "2022-11-28"}
    wrong = {
        "message": "Bad credentials",
        "documentation_url": "https://docs.github.com/rest",
        "status": "401",
    }

    def take(self, method: str, path: str, query: dict[str, str], body: Row) -> tuple[int, Any]:
        own = f"/repos/{self.project}"
        match method, path.removeprefix(own):
            case "GET", "":
                return 200, {"full_name": self.project, "has_issues": True}
            case "POST", "/issues":
                return 201, self._make(body)
            case "GET", "/issues":
                return 200, self.issues[::-1]
            case "GET" | "PATCH", one if one.startswith("/issues/") and int(one[8:]) <= len(self.issues):
                return 200, self.change(int(one[8:]), **body)
        return 404, {"message": "Not Found", "status": "404"}

    def _make(self, body: Row) -> Row:
        number = len(self.issues) + 1
        issue = {
            "id": 1000 + number,
            "number": number,
            "html_url": f"https://github.com/{self.project}/issues/{number}",
            "state": "open",
            "state_reason": None,
            "title": body["title"],
            "body": body["body"],
            "labels": body.get("labels", []),
            "assignee": None,
            "assignees": [],
        }
        self.issues.append(issue)
        return issue

    def tells(self, number: int) -> Row:
        return {
            "action": "closed",
            "issue": self.issues[number - 1],
            "repository": {"full_name": self.project},
        }


class GitLab(Tracker):
    project = "fjordhus/web/shop"
    headers = {"PRIVATE-TOKEN": "right"}
    wrong = {"message": "401 Unauthorized"}

    def take(self, method: str, path: str, query: dict[str, str], body: Row) -> tuple[int, Any]:
        match method, path.removeprefix("/projects/fjordhus%2Fweb%2Fshop"):
            case "GET", "":
                return 200, {"id": 7, "path_with_namespace": self.project}
            case "POST", "/issues":
                return 201, self._make(body)
            case "GET", "/issues" if query.get("in") == "description":
                return 200, [each for each in self.issues if query["search"] in each["description"]]
            case "GET" | "PUT", one if one.startswith("/issues/") and int(one[8:]) <= len(self.issues):
                return 200, self.change(int(one[8:]), **body)
        return 404, {"message": "404 Project Not Found"}

    def _make(self, body: Row) -> Row:
        iid = len(self.issues) + 1
        issue = {
            "id": 8000 + iid,
            "iid": iid,
            "project_id": 7,
            "title": body["title"],
            "description": body["description"],
            "state": "opened",
            "labels": [],
            "assignees": [],
            "web_url": f"https://gitlab.example/{self.project}/-/issues/{iid}",
        }
        self.issues.append(issue)
        return issue

    def tells(self, number: int) -> Row:
        issue = self.issues[number - 1]
        own = {key: issue[key] for key in ("id", "iid", "title", "description", "state")}
        own |= {"labels": [{"id": 1, "title": name} for name in issue["labels"]]}
        own |= {"assignee_ids": [each["id"] for each in issue["assignees"]], "action": "update"}
        return {"object_kind": "issue", "event_type": "issue", "object_attributes": own}


class Jira(Tracker):
    project = "SHOP"
    headers = {"Authorization": "Basic aW5lc0Bmam9yZGh1cy5leGFtcGxlOnJpZ2h0"}
    wrong = {"errorMessages": ["You do not have the permission to see the specified issue."], "errors": {}}

    def take(self, method: str, path: str, query: dict[str, str], body: Row) -> tuple[int, Any]:
        match method, path.removeprefix("/rest/api/2"):
            case "GET", "/project/SHOP":
                return 200, {"id": "10000", "key": "SHOP"}
            case "POST", "/issue":
                return 201, self._make(body["fields"])
            case "GET", "/search/jql":
                return 200, {"issues": [each for each in self.issues if self._fits(each, query["jql"])]}
            case "GET", one if one.startswith("/issue/SHOP-") and int(one[12:]) <= len(self.issues):
                return 200, self.issues[int(one[12:]) - 1]
            case "PUT", one if one.startswith("/issue/SHOP-") and int(one[12:]) <= len(self.issues):
                self.issues[int(one[12:]) - 1]["fields"] |= body["fields"]
                return 204, None
        return 404, {"errorMessages": ["No project could be found with key 'SHOP'."], "errors": {}}

    def _make(self, fields: Row) -> Row:
        assert fields["project"] == {"key": "SHOP"}
        assert fields["issuetype"] == {"name": "Task"}
        number = len(self.issues) + 1
        made = {
            "id": str(10000 + number),
            "key": f"SHOP-{number}",
            "self": f"{self.url}/rest/api/2/issue/{number}",
        }
        status = {"name": "To Do", "statusCategory": {"id": 2, "key": "new"}}
        self.issues.append(
            made | {"fields": fields | {"status": status, "resolution": None, "assignee": None}}
        )
        return made

    def _fits(self, issue: Row, jql: str) -> bool:
        return any(jql == f'labels="{label}"' for label in issue["fields"]["labels"])

    def tells(self, number: int) -> Row:
        return {"timestamp": 1, "webhookEvent": "jira:issue_updated", "issue": self.issues[number - 1]}


class _Handler(BaseHTTPRequestHandler):
    server: Tracker
    protocol_version = "HTTP/1.0"

    def log_message(self, *_: Any) -> None:
        pass

    def _take(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        self.server.asked.append(f"{self.command} {unquote(self.path)}")
        if self.server.busy:
            self.server.busy -= 1
            self._say(
                403,
                {"message": "API rate limit exceeded"},
                {"x-ratelimit-remaining": "0", "retry-after": "120"},
            )
            return
        if any(self.headers.get(name) != value for name, value in self.server.headers.items()):
            self._say(401, self.server.wrong)
            return
        status, said = self.server.take(self.command, parts.path, query, json.loads(body or b"{}"))
        if self.command == "POST" and self.server.lose:
            self.server.lose -= 1
            return
        self._say(status, said)

    def _say(self, status: int, said: Any, headers: Row | None = None) -> None:
        content = b"" if said is None else json.dumps(said).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_PATCH = _take  # noqa: N815 the names that http.server calls


@contextmanager
def tracking(kind: type[Tracker]) -> Iterator[Tracker]:
    """On a free port of the loopback."""
    tracker = kind()
    threading.Thread(target=tracker.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield tracker
    finally:
        tracker.shutdown()
        tracker.server_close()
