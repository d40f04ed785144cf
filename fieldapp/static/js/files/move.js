// #/move/person/<id> : lives elsewhere now. #/move/household/<id> : stands beside another door.
// The door that is tapped says everything: household, grid and place in the round.

import { uuid } from "../store/open.js"
import { keepAll } from "../store/outbox.js"
import * as roster from "../store/roster.js"
import { saved } from "../screens/frame.js"
import { list } from "../screens/rows.js"
import { forms, on, one, say, sayFault, view, wayOn } from "../screens/view.js"
import { plateOf } from "../screens/words.js"
import { gridName } from "./grids.js"

/** @typedef {import("../store/book.js").Row} Row */
/** @typedef {import("../store/book.js").Household} Household */

/** @param {string} kind @param {string} id @returns {import("../screens/view.js").Screen} */
export function draw(kind, id) {
  const record = roster.record(kind, id)
  if (!record || !["person", "household"].includes(kind)) return { part: view("gone"), refresh: "again" }
  const home = roster.household(kind === "person" ? record.fields.hh : id)
  const isPerson = kind === "person"
  const part = view("move", {
    id,
    route: isPerson ? "person" : "file",
    plate: home ? plateOf(home.fields) : "·",
    title: isPerson ? say("Where does this person live now?") : say("Beside which door does it stand?"),
    who: record.fields.name || record.fields.head_name,
    advice: isPerson ? say("Tap the household. What was recorded before stays.") : say("Tap the door before it on the round. Into a grid that is not on this phone only the township can move it."),
    search: true,
  })
  targets(part, home, async (door) => {
    const go = wayOn()
    try {
      const changes = isPerson ? [change(record, door.grid, { hh: door.id })] : movedHousehold(record, door)
      const entries = await keepAll(changes)
      go(isPerson ? `#/person/${id}` : `#/file/${id}`)
      saved(entries, isPerson ? say("Saved on this phone: now at {name}", { name: door.fields.head_name }) : say("Saved on this phone: now beside {name}", { name: door.fields.head_name }))
    } catch (fault) {
      sayFault(one(document, "#main"), fault)
    }
  })
  return { part }
}

/**
 * Every door but one, found while typing; a tap takes it, once.
 *
 * @param {DocumentFragment} part @param {Household | undefined} but @param {(door: Household) => unknown} take @param {(door: Household) => string} [about]
 */
export function targets(part, but, take, about = standsAt) {
  const search = /** @type {HTMLInputElement} */ (one(part, "#search-move"))
  let taken = false
  /** @param {Household} door */
  const row = (door) => {
    const made = view("target", { id: door.id, plate: plateOf(door.fields), name: door.fields.head_name, about: about(door) })
    on(made, "take", () => {
      if (!taken) take(door)
      taken = true
    })
    return made
  }
  const show = (/** @type {ParentNode} */ where) => {
    const found = (search.value.trim() ? roster.find(search.value) : roster.households()).filter(({ id }) => id !== but?.id)
    list(where, "targets", found, row)
  }
  search.addEventListener("input", () => show(one(document, "#main")))
  show(part)
}

/** @param {Household} door */
function standsAt({ grid, fields }) {
  return [fields.address_text, gridName(grid)].join(say(", "))
}

/** With all who belong to it, when it comes into another grid. @param {Row} record @param {Household} door */
function movedHousehold(record, door) {
  const first = change(record, door.grid, { walk_no: door.fields.walk_no ?? null })
  const home = roster.household(record.record)
  if (!home || door.grid === record.grid) return [first]
  const along = [...home.people, ...home.cases].map((row) => change(row, door.grid, { hh: home.id }))
  return [first, ...along, ...home.returnees.map((row) => change(row, door.grid, { stay_at: home.id }))]
}

/** @param {Row} row @param {string} grid @param {Record<string, unknown>} fields */
function change({ kind, record, fields: before }, grid, fields) {
  const home = roster.household(before.hh || before.stay_at || record)
  const label = { who: before.name || before.head_name || home?.fields.head_name || "", where: home ? plateOf(home.fields) : "" }
  return { id: uuid(), kind, record, base: roster.version(kind, record), form: forms[kind].version, grid, fields, label }
}
