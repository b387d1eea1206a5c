"""What a reader of a screen meets on a page: headings, names of controls, ids and what points at them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "img", "br", "hr", "meta", "link", "use", "path", "rect", "circle", "source", "wbr"}
SILENT_INPUTS = {"hidden", "submit", "button", "reset"}


@dataclass
class Element:
    tag: str
    given: dict[str, str]
    text: str = ""
    silent: bool = False

    def named(self) -> bool:
        """By an attribute, or by words (or a picture with a name) inside."""
        return bool(self.given.get("aria-label") or self.given.get("aria-labelledby") or self.text.strip())


@dataclass
class Outline(HTMLParser):
    headings: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    pointed: set[str] = field(default_factory=set)
    nameless: list[str] = field(default_factory=list)
    language: str = ""
    title: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.open: list[Element] = []
        self.fields: list[Element] = []
        self.labelled: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {key: value or "" for key, value in attrs})
        element.silent = element.given.get("aria-hidden") == "true"
        self._note(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def _note(self, element: Element) -> None:
        given, tag = element.given, element.tag
        if "id" in given:
            self.ids.append(given["id"])
        for key in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            self.pointed.update(given.get(key, "").split())
        if tag == "html":
            self.language = given.get("lang", "")
        if tag == "label" and "for" in given:
            self.labelled.add(given["for"])
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if tag == "img" and "alt" not in given:
            self.nameless.append(self.get_starttag_text() or tag)
        if tag in ("select", "textarea") or (tag == "input" and given.get("type") not in SILENT_INPUTS):
            element.text = "inside a label" if any(one.tag == "label" for one in self.open) else ""
            self.fields.append(element)
        if given.get("role") == "img" and given.get("aria-label"):
            self._say(given["aria-label"])

    def _say(self, words: str) -> None:
        if not any(element.silent for element in self.open):
            for element in self.open:
                element.text += words

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1].tag == "title" and not any(one.tag == "svg" for one in self.open):
            self.title += data
        if not self.open or self.open[-1].tag not in ("script", "style", "option"):
            self._say(data)

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and any(one.tag == tag for one in self.open):
            element = self.open.pop()
            if element.tag in ("button", "a", "summary") and not element.named():
                self.nameless.append(f"<{element.tag} {element.given}>")
            if element.tag == tag:
                return

    def close(self) -> None:
        super().close()
        for one in self.fields:
            if (
                not one.named()
                and one.given.get("id", "") not in self.labelled
                and not one.given.get("title")
            ):
                self.nameless.append(f"<{one.tag} {one.given}>")


def outline(page: str) -> Outline:
    found = Outline()
    found.feed(page)
    found.close()
    return found
