// The roster in memory: what the server sent, with this phone's own unsettled changes laid over.

import { inWalkingOrder, isShown, keyOf, laidOver, mergedInto, newestFirst, ownersOf, plain, wordsOf } from "./rows.js"

export { isSettled, keyOf } from "./rows.js"

/**
 * @typedef {import("./outbox.js").Entry} Entry
 * @typedef {import("./outbox.js").State} State
 * @typedef {{ kind: string, record: string, version: number, grid: string, fields: Record<string, any>, gone?: boolean, disputed?: string[] }} Sent a record as the server sends it
 * @typedef {{ kind: string, record: string, version: number | null, grid: string, fields: Record<string, any>, own: State | null, disputed?: string[] }} Row own: the state of this phone's newest change to it; disputed: answers that two people gave differently
 * @typedef {Row & { checks: Row[], who: Row | undefined }} Case home isolation: its health checks, newest first, and whom it is about
 * @typedef {Row & { cases: Case[] }} Person
 * @typedef {object} Household
 * @property {string} id
 * @property {string} grid
 * @property {number | null} version
 * @property {Record<string, any>} fields
 * @property {Person[]} people without those merged into another
 * @property {Row[]} visits newest first
 * @property {Row[]} returnees
 * @property {Case[]} cases
 * @property {State | null} own
 * @property {string} find what searching looks through
 */

export class Book {
  /** @type {Map<string, Sent>} */
  #sent = new Map()
  /** @type {Map<string, Entry[]>} */
  #own = new Map()
  /** Records as people see them, by kind and by id. @type {Map<string, Map<string, Row>>} */
  #kinds = new Map()
  /** Keys of the records that belong to a household, a person or a case. @type {Map<string, Set<string>>} */
  #members = new Map()
  /** Made when they are asked for, by key. @type {Map<string, any>} */
  #views = new Map()
  /** @type {string[] | null} */
  #order = null
  /** All households, until something changes. @type {Household[] | null} */
  #all = null

  /** @param {Sent[]} records @param {{ reset?: boolean }} [options] reset: these replace all that was sent before */
  put(records, { reset = false } = {}) {
    const touched = new Set(records.map(keyOf))
    if (reset) {
      for (const key of this.#sent.keys()) touched.add(key)
      this.#sent.clear()
    }
    for (const record of records) {
      if (record.gone) this.#sent.delete(keyOf(record))
      else this.#sent.set(keyOf(record), record)
    }
    touched.forEach((key) => this.#settle(key))
  }

  /** Replaces all that is laid over. @param {Entry[]} entries in order */
  layOver(entries) {
    const touched = new Set(this.#own.keys())
    this.#own.clear()
    for (const entry of entries) touched.add(this.#pile(entry))
    touched.forEach((key) => this.#settle(key))
  }

  /** Lays one more over, the same one again in its own place. @param {Entry} entry */
  lay(entry) {
    this.#settle(this.#pile(entry))
  }

  /** Takes one away again. @param {Entry} entry */
  lift(entry) {
    const key = keyOf(entry)
    const left = (this.#own.get(key) || []).filter(({ id }) => id !== entry.id)
    if (left.length) this.#own.set(key, left)
    else this.#own.delete(key)
    this.#settle(key)
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
    return row && this.#viewed(row, () => this.#household(row))
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
    return this.#kinds.get(kind)?.get(id)
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
    return Array.from(this.#kinds.get(kind)?.values() || [])
  }

  /** The version the server last sent; null for what it has not sent. @param {string} kind @param {string} id */
  version(kind, id) {
    return this.#sent.get(`${kind}/${id}`)?.version ?? null
  }

  size() {
    const count = (/** @type {string} */ kind) => this.recordsOf(kind).filter(isShown).length
    return { households: count("household"), people: count("person") }
  }

  /** @param {Entry} entry */
  #pile(entry) {
    const key = keyOf(entry)
    const others = (this.#own.get(key) || []).filter(({ id }) => id !== entry.id)
    this.#own.set(key, [...others, entry])
    return key
  }

  /** Works out one record anew, and forgets the views that showed it. @param {string} key */
  #settle(key) {
    const [kind = "", id = ""] = key.split("/")
    const before = this.record(kind, id)
    const after = laidOver(this.#sent.get(key), this.#own.get(key))
    if (!this.#kinds.has(kind)) this.#kinds.set(kind, new Map())
    if (after) this.#kinds.get(kind)?.set(id, after)
    else this.#kinds.get(kind)?.delete(id)
    this.#belong(key, before, after)
    this.#all = null
    if (kind === "household") this.#order = null
  }

  /** @param {string} key @param {Row | undefined} before @param {Row | undefined} after */
  #belong(key, before, after) {
    const left = before ? ownersOf(before) : []
    const now = after ? ownersOf(after) : []
    this.#forget(key)
    for (const owner of [...left, ...now]) this.#forget(owner)
    for (const owner of left) if (!now.includes(owner)) this.#members.get(owner)?.delete(key)
    for (const owner of now) {
      const those = this.#members.get(owner)
      if (those) those.add(key)
      else this.#members.set(owner, new Set([key]))
    }
  }

  /** What showed this, and what showed that. @param {string} key @param {string[]} [seen] */
  #forget(key, seen = []) {
    if (!this.#views.size) return
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

  /** What belongs to a record or to one that was merged into it, by kind. @param {string} key @param {string[]} [seen] */
  #partsOf(key, seen = [key]) {
    /** @type {Record<string, Row[]>} */
    const by = { person: [], visit: [], returnee: [], isolation_case: [], health_check: [] }
    for (const member of this.#members.get(key) || []) {
      const [kind = "", id = ""] = member.split("/")
      const row = /** @type {Row} */ (this.record(kind, id))
      if (seen.includes(member)) continue
      if (mergedInto(row) && key.startsWith(`${kind}/`)) {
        const those = this.#partsOf(member, [...seen, member])
        for (const name of Object.keys(by)) by[name].push(...those[name])
      } else if (by[kind]) by[kind].push(row)
    }
    return by
  }

  /** @param {Row} row @returns {Case} */
  #case(row) {
    return this.#viewed(row, () => {
      const checks = this.#partsOf(keyOf(row)).health_check.sort(newestFirst)
      const who = () => this.survivor("person", row.fields.person)
      return { ...row, checks, get who() { return who() } }
    })
  }

  /** @param {Row} row @returns {Person} */
  #person(row) {
    return this.#viewed(row, () => ({ ...row, cases: this.#partsOf(keyOf(row)).isolation_case.filter(isShown).map((one) => this.#case(one)) }))
  }

  /** @param {Row} row @returns {Household} */
  #household({ kind, record, grid, version, fields, own }) {
    const by = this.#partsOf(keyOf({ kind, record }))
    const people = by.person.filter(isShown).map((row) => this.#person(row))
    /** @type {string | undefined} */
    let find
    return {
      id: record, grid, version, fields, own, people,
      visits: by.visit.sort(newestFirst),
      returnees: by.returnee,
      cases: by.isolation_case.filter(isShown).map((row) => this.#case(row)),
      get find() {
        return (find ??= wordsOf([fields, ...people.map((person) => person.fields)]))
      },
    }
  }
}
