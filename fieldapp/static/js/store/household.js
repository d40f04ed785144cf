// A household as the screens see it. What belongs to it is looked up when somebody asks: a list of
// doors needs the visits of each, and nobody's people.

import { isShown, newestFirst, wordsOf } from "./rows.js"

/** @typedef {import("./book.js").Row} Row */
/** @typedef {import("./book.js").Person} Person */
/** @typedef {import("./book.js").Case} Case */
/**
 * @typedef {object} Look how a household finds what is its own
 * @property {(key: string, kind: string) => Row[]} parts
 * @property {(row: Row) => Person} person
 * @property {(row: Row) => Case} case
 */

export class Household {
  #key
  #look
  /** @type {Person[] | undefined} */
  #people
  /** @type {Row[] | undefined} */
  #visits
  /** @type {Case[] | undefined} */
  #cases
  /** @type {string | undefined} */
  #find

  /** @param {Row} row @param {Look} look */
  constructor({ record, grid, version, fields, own }, look) {
    this.id = record
    this.grid = grid
    this.version = version
    this.fields = fields
    this.own = own
    this.#key = `household/${record}`
    this.#look = look
  }

  /** Without those merged into another. */
  get people() {
    return (this.#people ??= this.#look.parts(this.#key, "person").filter(isShown).map(this.#look.person))
  }

  /** Newest first. */
  get visits() {
    return (this.#visits ??= this.#look.parts(this.#key, "visit").sort(newestFirst))
  }

  get returnees() {
    return this.#look.parts(this.#key, "returnee")
  }

  get cases() {
    return (this.#cases ??= this.#look.parts(this.#key, "isolation_case").filter(isShown).map(this.#look.case))
  }

  /** What searching looks through. */
  get find() {
    return (this.#find ??= wordsOf([this.fields, ...this.people.map(({ fields }) => fields)]))
  }
}
