"""Many modules become one script that does the same."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from fieldapp.phone.joined import CannotJoin, in_order, join, join_two, slim

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


# Runs the first script as a page does: a classic one, whose import() loads a module.
PAGE = """\
import { readFileSync } from "node:fs"
import { constants, runInThisContext } from "node:vm"
const [filename] = process.argv.slice(2)
const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
runInThisContext(readFileSync(filename, "utf8"), { filename, importModuleDynamically })
"""
SECOND = {
    "js/app.js": """\
import * as store from "./store.js"
import { place } from "./lib/place.js"
store.put("first")
const load = () => import("./more.js")
load().then((more) => console.log(more.said(), store.all().join(" "), more.screens.one, place))
""",
    "js/store.js": """\
const kept = []
export const put = (what) => kept.push(what)
export const all = () => kept
""",
    "js/lib/place.js": 'export const place = "here"\n',
    "js/lib/late.js": """\
import { put } from "../store.js"
export function late() { put("second") }
""",
    "js/more.js": """\
import { late } from "./lib/late.js"
import { all } from "./store.js"
export const screens = { one: 1 }
export function said() {
  late()
  return all().length
}
""",
}


def test_a_second_script_meets_the_modules_of_the_first_as_they_are(tmp_path: Path) -> None:
    app, more = join_two("js/app.js", "js/more.js", SECOND.__getitem__)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "app.js").write_text(app)
    (tmp_path / "more.js").write_text(more)
    (tmp_path / "page.js").write_text(PAGE)

    command = ["node", tmp_path / "page.js", tmp_path / "app.js"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)

    assert ran.stdout == "2 first second 1 here\n"
    assert "const kept" not in more
    assert "here" not in more


def test_only_the_first_script_may_load_the_second() -> None:
    modules = SECOND | {"js/store.js": 'const more = () => import("./more.js")\n'}

    with pytest.raises(CannotJoin, match=r"js/store\.js: "):
        join_two("js/app.js", "js/more.js", modules.__getitem__)


@pytest.mark.parametrize("line", ['import("./other.js")', 'import("./more.js")'])
def test_the_first_script_loads_the_second_in_one_place_and_nothing_else(line: str) -> None:
    modules = SECOND | {"js/app.js": f"{SECOND['js/app.js']}{line}\n"}

    with pytest.raises(CannotJoin, match=r"js/app\.js: "):
        join_two("js/app.js", "js/more.js", modules.__getitem__)


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
