// Every record as people see it: what the server sent, with this phone's own unsettled changes laid over.

import { laidOver } from "./rows.js"

/** @typedef {import("./book.js").Row} Row */
/** @typedef {import("./book.js").Sent} Sent */
/** @typedef {import("./outbox.js").Entry} Entry */

/**
 * By kind, then by id. A record is worked out when somebody asks for it, and once: a start shows a
 * screenful of doors and has no use for three thousand people.
 *
 * @template T
 * @typedef {Map<string, Map<string, T>>} ByKind
 */

export class Records {
  /** @type {ByKind<Sent>} */
  #sent = new Map()
  /** @type {ByKind<Entry[]>} */
  #own = new Map()
  /** @type {ByKind<Row>} */
  #rows = new Map()

  /** @param {string} kind @param {string} id @returns {Row | undefined} */
  get(kind, id) {
    const rows = of(this.#rows, kind)
    const there = rows.get(id)
    if (there) return there
    const row = laidOver(this.#sent.get(kind)?.get(id), this.#own.get(kind)?.get(id))
    if (row) rows.set(id, row)
    return row
  }

  /** As it was last worked out; nobody has seen any other. @param {string} kind @param {string} id */
  seen(kind, id) {
    return this.#rows.get(kind)?.get(id)
  }

  /** @param {string} kind @returns {Row[]} */
  all(kind) {
    const sent = Array.from(of(this.#sent, kind).keys())
    const own = Array.from(of(this.#own, kind).keys()).filter((id) => !this.#sent.get(kind)?.has(id))
    return [...sent, ...own].map((id) => /** @type {Row} */ (this.get(kind, id)))
  }

  /** What the server last sent. @param {string} kind @param {string} id */
  sent(kind, id) {
    return this.#sent.get(kind)?.get(id)
  }

  /** @param {Sent} record one that is gone leaves */
  put(record) {
    const { kind, record: id, gone } = record
    if (gone) this.#sent.get(kind)?.delete(id)
    else of(this.#sent, kind).set(id, record)
    this.#rows.get(kind)?.delete(id)
  }

  /** Lays one more over, the same one again in its own place. @param {Entry} entry */
  lay(entry) {
    const { kind, record: id } = entry
    const own = of(this.#own, kind)
    own.set(id, [...(own.get(id) || []).filter((one) => one.id !== entry.id), entry])
    this.#rows.get(kind)?.delete(id)
  }

  /** Takes one away again. @param {Entry} entry */
  lift({ kind, record: id, id: change }) {
    const own = of(this.#own, kind)
    const left = (own.get(id) || []).filter((one) => one.id !== change)
    if (left.length) own.set(id, left)
    else own.delete(id)
    this.#rows.get(kind)?.delete(id)
  }

  /** Whatever was sent. @returns {Sent[]} */
  allSent() {
    return Array.from(this.#sent.values(), (those) => Array.from(those.values())).flat()
  }

  /** Whatever lies over. @returns {Entry[]} */
  allOwn() {
    return Array.from(this.#own.values(), (those) => Array.from(those.values()).flat()).flat()
  }
}

/** @template T @param {ByKind<T>} all @param {string} kind @returns {Map<string, T>} */
function of(all, kind) {
  let those = all.get(kind)
  if (!those) all.set(kind, (those = new Map()))
  return those
}
