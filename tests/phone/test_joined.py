"""Many modules become one script that does the same."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from fieldapp.phone.joined import CannotJoin, in_order, join, slim

MODULES = {
    "js/app.js": """\
// The first module.
import "./side.js"
import * as numbers from "./lib/numbers.js"
import {
  double,
  half as halved, // the other way
} from "./lib/numbers.js"
import { Box } from "./box.js"

/** Says it. */
const said = [numbers.one, double(2), halved(2), new Box(7).value, globalThis.side]
numbers.count()
console.log([...said, numbers.counted].join(" "), "http://kept.example // kept")
""",
    "js/side.js": "globalThis.side = 'side'\n",
    "js/box.js": """\
export { one } from "./lib/numbers.js"
export class Box {
  #value = 0
  constructor(value) {
    this.#value = value
  }
  get value() {
    return this.#value
  }
}
""",
    "js/lib/numbers.js": """\
export const one = 1
export let counted = 0
export function double(n) { return 2 * n }
export const half = (n) => n / 2
export async function* never() {}
export function count() { counted += 1 }
""",
}


def test_a_joined_script_does_what_its_modules_do(tmp_path: Path) -> None:
    script = tmp_path / "joined.js"
    script.write_text(join("js/app.js", MODULES.__getitem__))

    ran = subprocess.run(["node", script], capture_output=True, text=True, check=True)

    assert ran.stdout == "1 4 1 7 side 1 http://kept.example // kept\n"


def test_a_joined_script_may_end_with_a_call(tmp_path: Path) -> None:
    modules = {"sw/worker.js": "export function start(name) { console.log(name) }\n"}
    script = tmp_path / "joined.js"
    script.write_text(join("sw/worker.js", modules.__getitem__, call='start("it")'))

    ran = subprocess.run(["node", script], capture_output=True, text=True, check=True)

    assert ran.stdout == "it\n"


def test_each_module_stands_once_and_after_those_it_needs() -> None:
    assert in_order("js/app.js", MODULES.__getitem__) == [
        "js/side.js",
        "js/lib/numbers.js",
        "js/box.js",
        "js/app.js",
    ]


def test_modules_that_import_each_other_are_refused() -> None:
    modules = {"a.js": 'import { b } from "./b.js"\n', "b.js": 'import { a } from "./a.js"\n'}

    with pytest.raises(CannotJoin, match=r"a\.js → b\.js → a\.js"):
        join("a.js", modules.__getitem__)


@pytest.mark.parametrize(
    "line",
    [
        "export default 1",
        "export { a }",
        'export * from "./b.js"',
        'const b = import("./b.js")',
        'import b from "elsewhere"',
        'import b from "./b.js"',
    ],
)
def test_what_is_not_understood_is_refused_and_not_guessed(line: str) -> None:
    with pytest.raises(CannotJoin):
        join("a.js", {"a.js": f"{line}\n", "b.js": ""}.__getitem__)


def test_comments_and_indentation_stay_at_home() -> None:
    text = '/** what\n * for */\nconst a = 1 // why\n\n  // more\n  const b = "// not this"\n'

    assert slim(text) == 'const a = 1\nconst b = "// not this"\n'
