// #/merge/<kind>/<id> : which file is the same? #/merge/<kind>/<id>/<other> : the two side by side.
// One file remains. Nothing is deleted, and the merge can be taken back at any time.

import { uuid } from "../store/open.js"
import { keepAll } from "../store/outbox.js"
import * as roster from "../store/roster.js"
import { saved } from "../screens/frame.js"
import { list } from "../screens/rows.js"
import { forms, on, one, place, say, sayFault, view, wayOn } from "../screens/view.js"
import { labelOf, plateOf } from "../screens/words.js"
import { likeHouseholds, likePeople } from "./doubles.js"
import { valueOf } from "./groups.js"
import { compared, ordered } from "./merging.js"
import { targets } from "./move.js"
import { aboutPerson } from "./people.js"

/** @typedef {import("../store/book.js").Row} Row */

/** @param {string} kind @param {string} id @param {string} [other] @returns {Promise<import("../screens/view.js").Screen>} */
export async function draw(kind, id, other) {
  const record = roster.record(kind, id)
  if (!record || !["person", "household"].includes(kind)) return { part: view("gone"), refresh: "again" }
  if (!other) return { part: await choice(record) }
  const second = roster.record(kind, other)
  return second ? { part: comparison(record, second) } : { part: view("gone"), refresh: "again" }
}

/** The likely ones first, then all doors; of people, those of the household and the likely ones. @param {Row} record */
async function choice(record) {
  const { kind, record: id, fields } = record
  const part = view("move", {
    id,
    route: routeOf(kind),
    plate: plate(record),
    title: kind === "person" ? say("Who is the same person?") : say("Which file is the same household?"),
    who: nameOf(record),
    advice: say("The two are shown side by side before anything happens."),
    search: kind === "household",
  })
  const take = (/** @type {string} */ other) => (location.hash = `#/merge/${kind}/${id}/${other}`)
  if (kind === "household") {
    const likely = (await likeHouseholds(fields, id)).map(({ record }) => record)
    targets(part, roster.household(id), (door) => take(door.id), (door) => (likely.includes(door.id) ? say("Likely the same") : door.fields.address_text))
    return part
  }
  const likely = (await likePeople(fields, id)).map(({ record }) => record)
  const family = roster.household(fields.hh)?.people.filter((one) => one.record !== id && !one.fields.voided) || []
  const all = new Set([...likely, ...family.map(({ record }) => record)])
  list(part, "targets", Array.from(all), (other) => personTarget(other, likely.includes(other), take))
  return part
}

/** @param {string} id @param {boolean} isLikely @param {(id: string) => unknown} take */
function personTarget(id, isLikely, take) {
  const person = /** @type {Row} */ (roster.record("person", id))
  const about = [isLikely && say("Likely the same"), aboutPerson(person.fields)].filter(Boolean).join(say(", "))
  const made = view("target", { id, plate: plate(person), name: person.fields.name, about })
  on(made, "take", () => take(id))
  return made
}

/** @param {Row} one_ @param {Row} other */
function comparison(one_, other) {
  const { kind, record: id } = one_
  const [stays, goes] = ordered(weighed(one_), weighed(other))
  const { same, differing, taken } = compared(forms[kind].fields, stays.fields, goes.fields)
  const part = view("merge", {
    id,
    route: routeOf(kind),
    plate: plate(stays),
    title: kind === "person" ? say("Are these one person?") : say("Are these one household?"),
    advice: say("{one} and {other}: both say the following. Where they differ, tap what is right.", { one: whereName(stays), other: whereName(goes) }),
    kept: say("One file remains, with all visits and people of both. It can be taken apart again at any time."),
  })
  place(part, "same", same.map((key) => view("fact", { name: labelOf(kind, key), value: valueOf(kind, key, stays.fields[key]) })))
  place(part, "differing", differing.map((key) => question(kind, key, stays, goes)))
  on(part, "merge-yes", (button) => {
    button.disabled = true
    const chosen = Object.fromEntries(differing.filter((key) => picked(key) === "goes").map((key) => [key, goes.fields[key]]))
    merge(stays, goes, { ...taken, ...chosen }).catch((fault) => {
      button.disabled = false
      sayFault(one(document, "#main"), fault)
    })
  })
  return part
}

/** @param {Row} stays @param {Row} goes @param {Record<string, unknown>} fields that the file which remains takes over */
async function merge(stays, goes, fields) {
  const go = wayOn()
  const changes = [change(goes, { voided: true, merged_into: stays.record })]
  if (Object.keys(fields).length) changes.unshift(change(stays, fields))
  const entries = await keepAll(changes)
  go(`#/${routeOf(stays.kind)}/${stays.record}`)
  saved(entries, say("Saved on this phone: one file now"))
}

/** @param {string} kind @param {string} key @param {Row} stays @param {Row} goes */
function question(kind, key, stays, goes) {
  const part = view("differing", { key, name: labelOf(kind, key) })
  place(part, "values", [["stays", stays], ["goes", goes]].map(([value, row]) => {
    const option = view("option")
    const input = /** @type {HTMLInputElement} */ (one(option, "input"))
    Object.assign(input, { name: `choose-${key}`, value, checked: value === "stays" })
    input.removeAttribute("aria-describedby")
    one(option, "span:last-child").textContent = valueOf(kind, key, /** @type {Row} */ (row).fields[key])
    return option
  }))
  return part
}

/** @param {string} key */
function picked(key) {
  const input = /** @type {HTMLInputElement | null} */ (document.querySelector(`[name="choose-${key}"]:checked`))
  return input?.value
}

/** @param {Row} row */
function weighed(row) {
  const home = row.kind === "household" ? roster.household(row.record) : undefined
  const weight = home ? home.visits.length + home.people.length + home.cases.length : Object.keys(row.fields).length
  return { ...row, weight }
}

/** @param {Row} row @param {Record<string, unknown>} fields */
function change(row, fields) {
  const { kind, record, grid } = row
  return { id: uuid(), kind, record, base: roster.version(kind, record), form: forms[kind].version, grid, fields, label: { who: nameOf(row), where: plate(row) } }
}

/** @param {string} kind */
function routeOf(kind) {
  return kind === "person" ? "person" : "file"
}

/** @param {Row} row */
function nameOf({ fields }) {
  return String(fields.name || fields.head_name)
}

/** @param {Row} row */
function plate({ kind, record, fields }) {
  const home = kind === "household" ? { fields } : roster.household(fields.hh || record)
  return home ? plateOf(home.fields) : "·"
}

/** @param {Row} row */
function whereName(row) {
  return say("{plate} {name}", { plate: plate(row), name: nameOf(row) })
}
