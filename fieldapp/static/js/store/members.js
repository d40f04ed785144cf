// Which records belong to which: the people and visits of a household, the checks of a case.

import { ownersOf } from "./rows.js"

/** @typedef {import("./book.js").Row} Row */

/** @type {Set<string>} */
const NONE = new Set()

/** Sorted by owner when somebody asks for a kind the first time, and kept so from then on. */
export class Members {
  /** Kind of the members, then key of the owner. @type {Map<string, Map<string, Set<string>>>} */
  #kinds = new Map()

  /** @param {(kind: string) => Row[]} all every record of a kind */
  constructor(all) {
    this.all = all
  }

  /** Ids of the records of a kind that belong to one. @param {string} owner key @param {string} kind */
  of(owner, kind) {
    return (this.#kinds.get(kind) || this.#sort(kind)).get(owner) || NONE
  }

  /** Whether somebody asked for this kind. @param {string} kind */
  knows(kind) {
    return this.#kinds.has(kind)
  }

  /** One record, of a kind that is known, belongs elsewhere now. @param {Row | undefined} before @param {Row | undefined} after */
  move(before, after) {
    const row = after || before
    const owners = row && this.#kinds.get(row.kind)
    if (!owners) return
    for (const owner of before ? ownersOf(before) : []) owners.get(owner)?.delete(row.record)
    for (const owner of after ? ownersOf(after) : []) join(owners, owner, row.record)
  }

  /** @param {string} kind */
  #sort(kind) {
    /** @type {Map<string, Set<string>>} */
    const owners = new Map()
    this.#kinds.set(kind, owners)
    for (const row of this.all(kind)) for (const owner of ownersOf(row)) join(owners, owner, row.record)
    return owners
  }
}

/** @param {Map<string, Set<string>>} owners @param {string} owner @param {string} id */
function join(owners, owner, id) {
  const ids = owners.get(owner)
  if (ids) ids.add(id)
  else owners.set(owner, new Set([id]))
}
