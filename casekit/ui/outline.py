"""The outline of a screen as plain text: what a reader hears and what the strict notebook tests compare.

It is read from the finished markup, so nothing shown can be missing: headings, text, controls with their
label, value and state, table rows, figures.
"""

from __future__ import annotations

from html.parser import HTMLParser

_BLOCKS = {
    "p", "div", "h1", "h2", "h3", "h4", "li", "tr", "summary", "figcaption", "caption", "legend", "label",
    "button", "dt", "dd", "blockquote", "fieldset", "table", "ol", "ul", "section", "details", "figure",
    "header", "footer", "option", "select", "textarea", "nav", "dl", "text", "title", "desc",
}  # fmt: skip
_VOID = {"input", "br", "hr", "img", "path", "rect", "circle", "line", "use", "polyline", "polygon", "meta"}
_PREFIX = {
    "h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "li": "- ", "button": "[button] ", "option": "* ",
    "summary": "[fold] ", "a": "", "blockquote": "> ", "legend": "[group] ", "figure": "[figure] ",
}  # fmt: skip
_STATES = (
    "aria-disabled",
    "disabled",
    "hidden",
    "checked",
    "selected",
    "open",
    "aria-current",
    "aria-invalid",
)


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._text = ""
        self._prefix = ""
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value if value is not None else name for name, value in attrs}
        if tag in ("td", "th"):
            self._text += " | " if self._text.strip() else ""
            return
        if tag == "input":
            self._control(given)
            return
        if tag == "path" and "d" in given and "data-outline" in given:
            self._line(f"[path] {given['d']}")
        if tag in _BLOCKS:
            self._flush()
            self._prefix = _PREFIX.get(tag, "")
            states = [f"{name}={given[name]}" for name in _STATES if given.get(name, "false") != "false"]
            label = given.get("aria-label", "")
            if states or label:
                self._text += f"{label} ({', '.join(states)}) " if states else f"{label}: "

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()

    def handle_data(self, data: str) -> None:
        self._text += data

    def _control(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        name = given.get("aria-label") or given.get("name", "")
        value = given.get("value", "")
        states = [state for state in _STATES if given.get(state, "false") != "false"]
        bounds = "".join(f" {bound}={given[bound]}" for bound in ("min", "max", "step") if bound in given)
        text = f"[{kind}] {name} = {value}{bounds}" + (f" ({', '.join(states)})" if states else "")
        self._text += f" {text} "

    def _line(self, text: str) -> None:
        self._flush()
        self.lines.append(text)

    def _flush(self) -> None:
        text = " ".join(self._text.split())
        if text:
            self.lines.append(self._prefix + text)
            self._prefix = ""
        self._text = ""


def outline(markup: str) -> str:
    """The outline of this markup, one line a block."""
    parser = _Outline()
    parser.feed(str.__str__(markup))  # a plain str: markupsafe would escape again what the parser unescaped
    parser.close()
    parser._flush()
    return "\n".join(parser.lines)
