"""HTML as a tree that tests can ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

ALONE = {"meta", "link", "input", "br"}
NOT_READ = {"script", "style"}


@dataclass
class Element:
    """One element with its attributes and what it contains."""

    tag: str
    attributes: dict[str, str]
    inside: list[Element | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def all(self, tag: str = "") -> list[Element]:
        """Every element below this one, of one tag or of any."""
        found: list[Element] = []
        for one in self.inside:
            if isinstance(one, Element):
                found += [one] if tag in ("", one.tag) else []
                found += one.all(tag)
        return found

    def having(self, attribute: str) -> list[Element]:
        return [one for one in self.all() if attribute in one.attributes]

    def by_id(self, name: str) -> Element:
        (found,) = [one for one in self.all() if one.get("id") == name]
        return found

    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.text() for one in self.inside)

    def texts(self) -> list[str]:
        """What people may read below this element, piece by piece."""
        found = [one.strip() for one in self.inside if isinstance(one, str) and one.strip()]
        for one in self.inside:
            if isinstance(one, Element) and one.tag not in NOT_READ:
                found += one.texts()
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in ALONE:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read(html: str) -> Element:
    """The page as a tree. Fails where an element is left open."""
    reader = _Reader()
    reader.feed(html)
    assert reader.open == [reader.root]
    return reader.root
