// The practice household: a door at which nothing counts. It is made on the phone, what is saved
// there stays in this page's memory, and no part of it is ever in the outbox.

import { addDays } from "../forms/days.js"
import { today } from "../sync/clock.js"
import { Book } from "./book.js"

/** @typedef {import("./outbox.js").Change} Change */
/** @typedef {import("./outbox.js").Entry} Entry */

/** Not the code of any grid. */
export const PRACTICE_GRID = "practice"
const START = "00000000-0000-4000-8000-0000000000"
export const PRACTICE_ID = `${START}01`
const PERSON_1 = `${START}02`
const PERSON_2 = `${START}03`
const CASE = `${START}04`

let book = new Book()
/** @type {Entry[]} */
let entries = []
/** Records that began in practice. @type {Set<string>} */
let made = new Set()

/** Lays it out anew. @param {{ head: string, other: string }} names as they are said to the reader */
export function layOutPractice({ head, other }) {
  book = new Book()
  entries = []
  made = new Set()
  const home = { hh_no: "", walk_no: "0", head_name: head, address_text: "", occupied: "resident" }
  const sick = { person: PERSON_1, hh: PRACTICE_ID, kind: "home_isolation", reason: "other", count_from_kind: "arrived", count_from: addDays(today(), -2), days: 14, state: "isolating" }
  book.put([
    row("household", PRACTICE_ID, home),
    row("person", PERSON_1, { hh: PRACTICE_ID, name: head, relation: "head" }),
    row("person", PERSON_2, { hh: PRACTICE_ID, name: other }),
    row("isolation_case", CASE, sick),
  ])
}

export const practice = () => book

/** Whether this belongs to the practice household, by its place, its record or anything it names. @param {Pick<Change, "grid" | "record" | "fields">} change */
export function isPractice({ grid, record, fields }) {
  return grid === PRACTICE_GRID || [record, ...Object.values(fields)].some(isPracticeId)
}

/** @param {unknown} id of a record */
export function isPracticeId(id) {
  return typeof id === "string" && (id.startsWith(START) || made.has(id))
}

/** @param {Entry} entry @returns {Entry} the one that is there, if it was kept before */
export function practise(entry) {
  const there = entries.find(({ id }) => id === entry.id)
  if (there) return there
  entries.push(entry)
  made.add(entry.record)
  book.lay(entry)
  return entry
}

/** Those of these ids that are practice. @param {string[]} ids */
export function practised(ids) {
  return entries.filter(({ id }) => ids.includes(id))
}

/** The practice changes to one record. @param {string} record */
export function practiceChain(record) {
  return entries.filter((entry) => entry.record === record)
}

/** @param {Entry[]} those */
export function unpractise(those) {
  entries = entries.filter((entry) => !those.includes(entry))
  for (const entry of those) book.lift(entry)
}

/** @param {string} kind @param {string} record @param {Record<string, any>} fields */
function row(kind, record, fields) {
  return { kind, record, version: 1, grid: PRACTICE_GRID, fields }
}
