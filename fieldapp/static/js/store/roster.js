// The roster on the phone's disk, and the book that the screens read.

import { Book, isSettled, keyOf } from "./book.js"
import { knowDuty } from "./duty.js"
import { ask, news, tell, tx } from "./open.js"
import { mark, offerAgain, unsettled, unsettledIn } from "./outbox.js"
import { practice } from "./practice.js"
import { putAway, takeAll } from "./shelves.js"

/**
 * @typedef {import("./book.js").Household} Household
 * @typedef {import("./book.js").Row} Row
 * @typedef {import("./book.js").Sent} Sent
 * @typedef {object} Answer what POST /sync answers
 * @property {1} protocol
 * @property {string} epoch
 * @property {string} server_time
 * @property {string} cursor
 * @property {boolean} more
 * @property {boolean} reset
 * @property {import("./outbox.js").Result[]} results
 * @property {Sent[]} records
 */

let book = new Book()

/** Reads everything into memory once; needs no network. */
export async function load() {
  const next = new Book()
  const [records, entries, duty] = await tx(["shelf", "outbox", "meta"], "readonly", ({ shelf, outbox, meta }) =>
    Promise.all([takeAll(shelf), unsettledIn(outbox), ask(meta.get("duty"))]),
  )
  knowDuty(duty?.value)
  next.put(records)
  next.layOver(entries)
  book = next
}

/** In walking order, with this phone's own changes laid over; without the practice household. @returns {Household[]} */
export const households = () => book.households()

/** Also the practice household; of a merged one the one that remains. @param {string} id */
export const household = (id) => book.household(id) || practice().household(id)

/** @param {string} text */
export const find = (text) => book.find(text)

/** Every case of home isolation on this phone. @returns {import("./book.js").Case[]} */
export const cases = () => book.cases()

/** @param {string} id */
export const isolationCase = (id) => book.case(id) || practice().case(id)

/** As it is, also when it was merged into another. @param {string} kind @param {string} id */
export const record = (kind, id) => book.record(kind, id) || practice().record(kind, id)

/** The record, or the one it was merged into. @param {string} kind @param {string} id */
export const survivor = (kind, id) => book.survivor(kind, id) || practice().survivor(kind, id)

/** @param {string} kind */
export const recordsOf = (kind) => book.recordsOf(kind)

/** The `base` of a change to this record. @param {string} kind @param {string} id */
export const version = (kind, id) => book.version(kind, id)

export const size = () => book.size()

/** Sorts people to their doors before somebody opens one: the first time takes longer than any other. */
export function prepare() {
  void book.households()[0]?.people
}

/**
 * Takes an answer in: acknowledgements, records and cursor in one transaction, or none of them.
 *
 * @param {Answer} answer
 * @param {{ now: number, offset: number | null }} clock now in ms by the phone; offset of the server's clock
 */
export async function receive(answer, { now, offset }) {
  const { records, reset, more } = answer
  await tx(["outbox", "shelf", "meta"], "readwrite", async ({ outbox, shelf, meta }) => {
    const epoch = (await ask(meta.get("epoch")))?.value
    if (epoch && epoch !== answer.epoch) await offerAgain(outbox)
    await mark(outbox, answer.results, now)
    if (reset) shelf.clear()
    await putAway(shelf, records)
    await settle(outbox, records, reset)
    const at = new Date(now + (offset ?? 0)).toISOString()
    const facts = { epoch: answer.epoch, cursor: answer.cursor, last_sync: now, offset, roster_at: more ? null : at }
    for (const [key, value] of Object.entries(facts)) if (value !== null) meta.put({ key, value })
  })
  book.put(records, { reset })
  book.layOver(await unsettled())
  if (answer.results.length) tell("outbox")
  if (records.length || reset) tell("roster")
}

/**
 * Own changes that the arriving records contain are no longer laid over; after a reset, none that
 * was answered is: what is still in my scope has arrived, what left it is not mine to show.
 *
 * @param {IDBObjectStore} outbox @param {Sent[]} records @param {boolean} reset
 */
async function settle(outbox, records, reset) {
  const arrived = new Map(records.map((row) => [keyOf(row), row]))
  for (const entry of await unsettledIn(outbox)) {
    const { over, ...settled } = entry
    const done = entry.answered_at !== null && reset
    if (done || isSettled(entry, arrived.get(keyOf(entry)))) outbox.put(settled)
  }
}

news.addEventListener("outbox", (event) => {
  const { kept = [], undone = [] } = /** @type {CustomEvent} */ (event).detail || {}
  for (const entry of kept) book.lay(entry)
  for (const entry of undone) book.lift(entry)
  news.dispatchEvent(new Event("roster"))
})

news.addEventListener("elsewhere", async () => {
  await load()
  news.dispatchEvent(new Event("roster"))
})
