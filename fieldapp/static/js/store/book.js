// The roster in memory: records, what belongs to what, and how both look to the screens.

import { Household } from "./household.js"
import { Members } from "./members.js"
import { Records } from "./records.js"
import { inWalkingOrder, isShown, keyOf, mergedInto, newestFirst, ownersOf, plain } from "./rows.js"

export { Household } from "./household.js"
export { isSettled, keyOf } from "./rows.js"

/**
 * @typedef {import("./outbox.js").Entry} Entry
 * @typedef {import("./outbox.js").State} State
 * @typedef {{ kind: string, record: string, version: number, grid: string, fields: Record<string, any>, gone?: boolean, disputed?: string[] }} Sent a record as the server sends it
 * @typedef {{ kind: string, record: string, version: number | null, grid: string, fields: Record<string, any>, own: State | null, disputed?: string[] }} Row own: the state of this phone's newest change to it; disputed: answers that two people gave differently
 * @typedef {Row & { checks: Row[], who: Row | undefined }} Case home isolation: its health checks, newest first, and whom it is about
 * @typedef {Row & { cases: Case[] }} Person
 */

export class Book {
  #records = new Records()
  #members = new Members((kind) => this.#records.all(kind))
  /** Made when they are asked for, by key. @type {Map<string, any>} */
  #views = new Map()
  /** @type {string[] | null} */
  #order = null
  /** All households, until something changes. @type {Household[] | null} */
  #all = null
  /** @type {import("./household.js").Look} */
  #look = {
    parts: (key, kind) => this.#partsOf(key, kind),
    person: (row) => this.#person(row),
    case: (row) => this.#case(row),
  }

  /** @param {Sent[]} records @param {{ reset?: boolean }} [options] reset: these replace all that was sent before */
  put(records, { reset = false } = {}) {
    const left = reset ? this.#records.allSent().map((one) => ({ ...one, gone: true })) : []
    for (const record of [...left, ...records]) this.#change(record, () => this.#records.put(record))
  }

  /** Replaces all that is laid over. @param {Entry[]} entries in order */
  layOver(entries) {
    this.#records.allOwn().forEach((entry) => this.lift(entry))
    entries.forEach((entry) => this.lay(entry))
  }

  /** Lays one more over, the same one again in its own place. @param {Entry} entry */
  lay(entry) {
    this.#change(entry, () => this.#records.lay(entry))
  }

  /** Takes one away again. @param {Entry} entry */
  lift(entry) {
    this.#change(entry, () => this.#records.lift(entry))
  }

  /** In walking order; without those merged into another. @returns {Household[]} */
  households() {
    this.#order ||= inWalkingOrder(this.recordsOf("household").filter(isShown))
    this.#all ||= this.#order.map((id) => /** @type {Household} */ (this.household(id)))
    return this.#all
  }

  /** The household, or the one it was merged into. @param {string} id @returns {Household | undefined} */
  household(id) {
    const row = this.survivor("household", id)
    return row && this.#viewed(row, () => new Household(row, this.#look))
  }

  /** Every case on this phone, also of doors that are not. @returns {Case[]} */
  cases() {
    return this.recordsOf("isolation_case").filter(isShown).map((row) => this.#case(row))
  }

  /** @param {string} id @returns {Case | undefined} */
  case(id) {
    const row = this.record("isolation_case", id)
    return row && this.#case(row)
  }

  /** @param {string} text part of a name, nickname, door or number @returns {Household[]} */
  find(text) {
    const words = plain(text).split(/\s+/).filter(Boolean)
    return this.households().filter(({ find }) => words.every((word) => find.includes(word)))
  }

  /** As it is, also when it was merged into another. @param {string} kind @param {string} id @returns {Row | undefined} */
  record(kind, id) {
    return this.#records.get(kind, id)
  }

  /** The record, or the one it was merged into at last. @param {string} kind @param {string} id @returns {Row | undefined} */
  survivor(kind, id) {
    let row = this.record(kind, id)
    if (!mergedInto(row)) return row
    const seen = new Set([id])
    for (let next = mergedInto(row); row && next && !seen.has(next); next = mergedInto(row)) {
      seen.add(next)
      row = this.record(kind, next) || row
    }
    return row
  }

  /** @param {string} kind @returns {Row[]} */
  recordsOf(kind) {
    return this.#records.all(kind)
  }

  /** The version the server last sent; null for what it has not sent. @param {string} kind @param {string} id */
  version(kind, id) {
    return this.#records.sent(kind, id)?.version ?? null
  }

  size() {
    const count = (/** @type {string} */ kind) => this.recordsOf(kind).filter(isShown).length
    return { households: count("household"), people: count("person") }
  }

  /** Whoever was shown this record before or is to be shown it now is made anew. @param {{ kind: string, record: string }} of @param {() => void} change */
  #change({ kind, record: id }, change) {
    const before = this.#records.seen(kind, id)
    change()
    this.#all = null
    if (kind === "household") this.#order = null
    if (!this.#members.knows(kind) && !this.#views.size) return // nobody has seen anything yet
    const after = this.record(kind, id)
    this.#members.move(before, after)
    for (const row of [before, after]) if (row) [keyOf(row), ...ownersOf(row)].forEach((key) => this.#forget(key))
  }

  /** What showed this, and what showed that. @param {string} key @param {string[]} [seen] */
  #forget(key, seen = []) {
    this.#views.delete(key)
    const [kind = "", id = ""] = key.split("/")
    const row = this.record(kind, id)
    for (const owner of row ? ownersOf(row) : []) if (!seen.includes(owner)) this.#forget(owner, [...seen, owner])
  }

  /** @template T @param {Row} row @param {() => T} make @returns {T} */
  #viewed(row, make) {
    const key = keyOf(row)
    if (!this.#views.has(key)) this.#views.set(key, make())
    return this.#views.get(key)
  }

  /** Records of a kind that belong to a record, or to one that was merged into it. @param {string} key @param {string} wanted @param {string[]} [seen] @returns {Row[]} */
  #partsOf(key, wanted, seen = [key]) {
    const [kind = ""] = key.split("/")
    const parts = Array.from(this.#members.of(key, wanted), (id) => /** @type {Row} */ (this.record(wanted, id)))
    for (const id of this.#members.of(key, kind)) {
      const merged = `${kind}/${id}`
      if (!seen.includes(merged)) parts.push(...this.#partsOf(merged, wanted, [...seen, merged]))
    }
    return parts
  }

  /** @param {Row} row @returns {Case} */
  #case(row) {
    return this.#viewed(row, () => {
      const checks = this.#partsOf(keyOf(row), "health_check").sort(newestFirst)
      const who = () => this.survivor("person", row.fields.person)
      return { ...row, checks, get who() { return who() } }
    })
  }

  /** @param {Row} row @returns {Person} */
  #person(row) {
    return this.#viewed(row, () => ({ ...row, cases: this.#partsOf(keyOf(row), "isolation_case").filter(isShown).map((one) => this.#case(one)) }))
  }
}
