// The roster on the disk, many records to a row: a browser reads sixty long texts several times
// faster than three thousand small objects, and the list is there when the page opens.

import { keyOf } from "./book.js"
import { ask } from "./database.js"

/** @typedef {import("./book.js").Sent} Sent */

const SHELVES = 64

/** Inside a transaction: everything. @param {IDBObjectStore} shelf @returns {Promise<Sent[]>} */
export async function takeAll(shelf) {
  const rows = await ask(shelf.getAll())
  return rows.flatMap(({ text }) => JSON.parse(text))
}

/** Inside a transaction: puts records in their places; one that is gone leaves. @param {IDBObjectStore} shelf @param {Sent[]} records */
export async function putAway(shelf, records) {
  /** @type {Map<number, Sent[]>} */
  const by = new Map()
  for (const record of records) {
    const no = shelfOf(record)
    by.set(no, [...(by.get(no) || []), record])
  }
  await Promise.all(Array.from(by, async ([no, those]) => {
    const there = (await ask(shelf.get(no)))?.text || "[]"
    shelf.put({ no, text: JSON.stringify(merged(JSON.parse(there), those)) })
  }))
}

/** @param {Sent[]} before @param {Sent[]} those @returns {Sent[]} */
function merged(before, those) {
  const all = new Map(before.map((record) => [keyOf(record), record]))
  for (const record of those) {
    if (record.gone) all.delete(keyOf(record))
    else all.set(keyOf(record), record)
  }
  return Array.from(all.values())
}

/** Ids are random, so any of their characters spread them evenly. @param {Sent} record */
function shelfOf({ record }) {
  let sum = 0
  for (const sign of record.slice(0, 8)) sum = (sum * 31 + sign.charCodeAt(0)) % 1009
  return sum % SHELVES
}
