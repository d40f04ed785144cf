// #/households : every door of my grid, found while typing.

import { PRACTICE_ID } from "../store/practice.js"
import * as roster from "../store/roster.js"
import { doorRow, list } from "./rows.js"
import { one, say, view } from "./view.js"

const PAUSE_MS = 50
const AT_ONCE = 50

let typed = ""

/** @returns {import("./view.js").Screen} */
export function draw() {
  const part = view("households", { practice: PRACTICE_ID })
  const search = /** @type {HTMLInputElement} */ (one(part, "#search"))
  search.value = typed
  search.addEventListener("input", () => {
    typed = search.value
    rows(one(document, "#main"), { soon: true })
  })
  rows(part)
  setTimeout(() => prepare(roster.households()), PAUSE_MS)
  return { part, refresh: () => rows(one(document, "#main")) }
}

/** @param {ParentNode} part @param {{ soon?: boolean }} [how] */
function rows(part, how) {
  const found = typed.trim() ? roster.find(typed) : roster.households()
  one(part, "#found").textContent = found.length || !typed ? say("{n} doors", { n: found.length }) : say("No door found. Try fewer letters, or the number.")
  list(part, "rows", found, (household) => doorRow(household), how)
}

/** What searching looks through is made before somebody types, a little at a time. @param {import("../store/book.js").Household[]} doors @param {number} [from] */
function prepare(doors, from = 0) {
  if (from >= doors.length || !document.querySelector("#search")) return
  for (const door of doors.slice(from, from + AT_ONCE)) void door.find
  setTimeout(() => prepare(doors, from + AT_ONCE), PAUSE_MS)
}
