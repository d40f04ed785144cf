"""Makes the file: run alone, in a process of its own, as `python -m fieldapp.posters.press FOLDER`.

It imports nothing of the web, so that it starts at once and takes little. It reads `order.json` and
writes `progress.json`, then the file or `failure.json`. Texts reach the typesetter as data only. No
glyph may be missing: PDF/A-2u, which every file is checked against, does not allow it.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import signal
import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from fieldapp.posters.codes import drawn

Order = Mapping[str, Any]

TYPESET = Path(__file__).parent / "typeset"
# The first that there is, then whatever the others have: names are written in many scripts.
CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)
OTHERS = (
    "Noto Sans",
    "Noto Serif Tibetan",
    "Noto Sans Mongolian",
    "Noto Sans Arabic",
    "Noto Sans Yi",
    "Noto Sans New Tai Lue",
    "Noto Sans Tai Le",
    "Noto Sans Symbols2",
)
EVERY_GLYPH = "a-2u"
# Pictures that people give, and how each is drawn: a file of the folder, or SVG.
DRAWINGS = {
    "photo": b"#image(sys.inputs.it)",
    "sketch": b'#image(bytes(sys.inputs.it), format: "svg")',
}
MISSING = re.compile(r'the text `"(.*?)"` could not be displayed')


class Failed(Exception):
    """It cannot be printed: a code of `jobs.FAILURES`, the board, and the text it is about."""

    def __init__(self, code: str, *, board: str = "", text: str = "") -> None:
        super().__init__(code)
        self.told = {"code": code, "board": board, "text": text}


def main(folder: Path) -> None:
    """Wait for its turn, print, and leave behind what came of it."""
    os.umask(0o077)
    os.nice(10)  # whoever asks for a page meanwhile goes first
    with suppress(OSError):  # only Linux has it
        Path("/proc/self/oom_score_adj").write_text("1000")  # the server outlives a lack of memory
    order: Order = json.loads((folder / "order.json").read_text(encoding="utf-8"))
    with (folder.parent / "turn").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # two at once would be no faster, and twice as large
        signal.alarm(order["limit_s"])  # ends the process, also inside the typesetter
        try:
            _print(order, folder)
        except Failed as failure:
            with _appearing(folder / "failure.json") as file:
                file.write(json.dumps(failure.told).encode())
    for used in (folder / "order.json", *folder.glob("photo-*")):
        used.unlink()


def _print(order: Order, folder: Path) -> None:
    import typst  # not before its turn: it is large

    def tell(done: int) -> None:
        with _appearing(folder / "progress.json") as file:
            file.write(json.dumps({"done": done, "of": len(boards)}).encode())

    boards = order["job"]["boards"]
    tell(0)
    press = _Press(typst, order, folder)
    with _appearing(folder / order["file"]) as file:
        if order["file"].endswith(".pdf"):
            fitted = []
            for done, board in enumerate(boards, 1):
                fitted.append(press.fitted(board))
                tell(done)
            file.write(press.pdf(fitted))
        elif order["file"].endswith(".png"):
            file.write(press.picture(boards[0]))
        else:
            with zipfile.ZipFile(file, "w") as archive:  # stored: pictures are packed already
                for done, board in enumerate(boards, 1):
                    archive.writestr(f"{board['file']}.png", press.picture(board))
                    tell(done)


class _Press:
    """The typesetter with its fonts, for one order."""

    def __init__(self, typst: Any, order: Order, folder: Path) -> None:
        self._typst, self._order, self._folder = typst, order, folder
        self._source = (TYPESET / order["design"]).read_bytes()
        self._fonts = typst.Fonts(
            include_system_fonts=not order["fonts"],
            include_embedded_fonts=False,
            font_paths=[order["fonts"]] if order["fonts"] else [],
        )
        families = self._fonts.families()
        chinese = [name for name in CHINESE if name in families]
        if not chinese:
            raise Failed("no_chinese_font")
        self._families = chinese + [name for name in OTHERS if name in families]
        self._compiler = typst.Compiler(root=folder, font_paths=self._fonts)

    def fitted(self, board: dict[str, Any]) -> dict[str, Any]:
        """The board with its code, and with how its text is to be set so that all has room."""
        board = board | {"qr": drawn(board["url"])}
        for name, drawing in DRAWINGS.items():
            if board.get(name) and not self._can_show(drawing, board[name]):
                board[name] = None
        if not self._order["fit"]:
            return board
        found = self._typst.query(
            self._source, "<fit>", field="value", one=True, root=self._folder,
            font_paths=self._fonts, sys_inputs=self._inputs([board]),
        )  # fmt: skip
        # What a query leaves in the typesetter's cache grows old only when something is made.
        self._compiler.compile(input=b"", format="pdf")
        fit = json.loads(found)
        if 0 in (fit["main"][0], fit["calls"][0]):
            raise Failed("too_much_text", board=board["name"])
        return board | {"fit": fit}

    def pdf(self, boards: list[dict[str, Any]]) -> bytes:
        """All on paper. Raises Failed where no font has a glyph."""
        try:
            made = self._compiler.compile(
                input=self._source, format="pdf", sys_inputs=self._inputs(boards),
                pdf_standards=[EVERY_GLYPH], pdf_tags=False, timestamp=self._order["now"],
            )  # fmt: skip
        except self._typst.TypstError as error:
            missing = MISSING.findall(error.diagnostic)
            if not missing:
                raise
            raise self._no_glyph(boards, missing) from None
        return bytes(made)

    def picture(self, board: dict[str, Any]) -> bytes:
        """As wide as the limit in bytes allows."""
        board = self.fitted(board)
        self.pdf([board])  # tells of a missing glyph, which a picture does not
        for ppi in self._order["ppi"]:
            made = self._compiler.compile(
                input=self._source, format="png", ppi=ppi, sys_inputs=self._inputs([board])
            )
            if len(made) <= self._order["limit_bytes"]:
                return bytes(made)
        raise Failed("too_much_text", board=board["name"])

    def _can_show(self, drawing: bytes, picture: str) -> bool:
        """Whether a picture that somebody gave is one; a broken one must not stop all the rest."""
        try:
            self._compiler.compile(input=drawing, format="pdf", sys_inputs={"it": picture})
        except self._typst.TypstError:
            return False
        return True

    def _inputs(self, boards: list[dict[str, Any]]) -> dict[str, str]:
        job = self._order["job"] | {"boards": boards, "fonts": self._families}
        return {"job": json.dumps(job)}

    def _no_glyph(self, boards: list[dict[str, Any]], missing: list[str]) -> Failed:
        written = "".join(missing)
        signs = re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), written)
        text = "".join(dict.fromkeys(signs.replace("\\", "")))
        for board in boards:
            said = json.dumps(board, ensure_ascii=False)
            if found := "".join(sign for sign in text if sign in said):
                return Failed("no_glyph", board=board["name"], text=found[:20])
        return Failed("no_glyph", text=text[:20])


@contextmanager
def _appearing(path: Path) -> Iterator[BinaryIO]:
    """A file that is there whole or not at all, whoever looks meanwhile."""
    fresh = path.with_name(f"{path.name}.part")
    with fresh.open("wb") as file:
        yield file
    fresh.replace(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
