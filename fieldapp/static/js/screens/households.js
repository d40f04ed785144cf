// #/households : every door of my grid, found while typing.

import { PRACTICE_ID } from "../store/practice.js"
import * as roster from "../store/roster.js"
import { doorRow, list } from "./rows.js"
import { one, say, view } from "./view.js"

let typed = ""

/** @returns {import("./view.js").Screen} */
export function draw() {
  const part = view("households", { practice: PRACTICE_ID })
  const search = /** @type {HTMLInputElement} */ (one(part, "#search"))
  search.value = typed
  search.addEventListener("input", () => {
    typed = search.value
    rows(one(document, "#main"))
  })
  rows(part)
  return { part, refresh: () => rows(one(document, "#main")) }
}

/** @param {ParentNode} part */
function rows(part) {
  const found = typed.trim() ? roster.find(typed) : roster.households()
  one(part, "#found").textContent = found.length || !typed ? say("{n} doors", { n: found.length }) : say("No door found. Try fewer letters, or the number.")
  list(part, "rows", found, (household) => doorRow(household))
}
