"""Bring the Chinese catalog up to date with the sentences in code, templates and scripts.

New ones are added without a translation, which a test then asks for; those that nobody says any
more are dropped. `make words` runs this.
"""

from __future__ import annotations

import json
import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
CODE = ROOT / "fieldapp"
CHINESE = CODE / "translations/zh/LC_MESSAGES/messages.po"

SOURCES = (("**/*.py", "python"), ("templates/**/*.*", "jinja2"))
MARKS = {**DEFAULT_KEYWORDS, "N_": None}

# Babel's own reader of JavaScript misses a sentence that stands inside another call.
IN_SCRIPTS = re.compile(r"""\b(?:say|N_)\(\s*("(?:[^"\\\n]|\\.)+")""")


def said() -> Catalog:
    """Every sentence that the program may show, without translations."""
    found = Catalog()
    for pattern, method in SOURCES:
        for path in sorted(CODE.glob(pattern)):
            for _, message, _, _ in extract_from_file(method, path, keywords=MARKS):
                if message:
                    found.add(message)
    for path in sorted(CODE.glob("static/js/**/*.js")):
        for literal in IN_SCRIPTS.findall(path.read_text(encoding="utf-8")):
            found.add(json.loads(literal))
    return found


def translated() -> Catalog:
    """The Chinese catalog as it is."""
    with CHINESE.open("rb") as file:
        return read_po(file, locale="zh")


def brought_up_to_date(text: str, wanted: Catalog) -> str:
    """The catalog's text with new sentences at its end and without those nobody says."""
    header, *blocks = text.rstrip("\n").split("\n\n")
    ids = [_id_of(block) for block in blocks]
    kept = [block for block, one in zip(blocks, ids, strict=True) if one in wanted]
    blocks_wanted = [_block(message) for message in wanted if message.id]
    new = [block for block in blocks_wanted if _id_of(block) not in ids]
    return "\n\n".join([header, *kept, *new]) + "\n"


def _id_of(block: str) -> str:
    """The sentence, of a plural its first form."""
    [message] = [one for one in read_po(BytesIO(block.encode())) if one.id]
    return message.id if isinstance(message.id, str) else message.id[0]


def _block(message: Message) -> str:
    text = BytesIO()
    alone = Catalog()
    alone.add(message.id)
    write_po(text, alone, width=100, omit_header=True)
    return text.getvalue().decode().strip()


def main() -> None:
    """Rewrite the catalog, keeping its order, and say what is to be done."""
    text = CHINESE.read_text(encoding="utf-8")
    CHINESE.write_text(brought_up_to_date(text, said()), encoding="utf-8")
    catalog = translated()
    missing = [message.id for message in catalog if message.id and not message.string]
    print(f"{len(catalog)} sentences, {len(missing)} without a translation in {CHINESE.name}")
    sys.exit(bool(missing))


if __name__ == "__main__":
    main()
