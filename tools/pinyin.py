"""Write how each Chinese character sounds: `tools/pinyin.py FILE`. `make build` runs this.

One line a syllable, without its tone: "wang王往网…". The phone asks it whether two names sound
alike. Made here and not in the server, whose memory the package's dictionaries would take by half.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pypinyin.pinyin_dict import pinyin_dict

# GB 2312 is what people write every day; these others stand in names.
IN_NAMES = "喆堃珺玥璟玙彧翀昇祎曈瑢堉垚炘焜鋆淏晞瑄玘珮梽橦旸暘烜燚珣瑀璠瓅芃镕頔劼勍奡〇"

# Surnames that do not sound as the same character does elsewhere.
SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "区": "ou", "查": "zha", "盖": "ge",
    "朴": "piao", "翟": "zhai", "覃": "qin", "乐": "yue", "薄": "bo", "尉": "yu", "洗": "xian",
    "折": "she", "召": "shao", "缪": "miao", "繁": "po", "员": "yun", "黑": "he", "秘": "bi",
}  # fmt: skip


def main() -> None:
    """Write the table to the file that is named."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    Path(sys.argv[1]).write_text(table(), encoding="utf-8")


def table() -> str:
    """All lines, by syllable."""
    by_sound: dict[str, list[str]] = {}
    for character in _characters():
        sounds = {_plain(pinyin_dict[ord(character)].split(",")[0])}
        sounds |= {SURNAMES[character]} if character in SURNAMES else set()
        for sound in sounds:
            by_sound.setdefault(sound, []).append(character)
    return "\n".join(sound + "".join(alike) for sound, alike in sorted(by_sound.items())) + "\n"


def _characters() -> Iterator[str]:
    everyday = (chr(code) for code in range(0x4E00, 0x9FA6) if _is_everyday(chr(code)))
    for character in dict.fromkeys((*everyday, *IN_NAMES)):
        if ord(character) in pinyin_dict:
            yield character


def _is_everyday(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _plain(syllable: str) -> str:
    """Without its tone, as people type it: "lv" for "lǜ"."""
    parts = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


if __name__ == "__main__":
    main()
