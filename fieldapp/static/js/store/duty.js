// Rules of the plans and the people around my grids, as the town last told them.

import * as meta from "./meta.js"
import { tell } from "./open.js"

/**
 * @typedef {object} Rule how people of one kind are looked after, from one day to another
 * @property {string} kind of an isolation_case
 * @property {string} valid_from ISO date
 * @property {string | null} valid_to ISO date, the last day
 * @property {number} days
 * @property {{ slot: string, from: string, to: string }[]} slots from and to as "06:00"
 * @property {number} missed_after_min
 * @property {number} head_after_min
 * @property {string} alert °C, one decimal, as are high and low
 * @property {string} high
 * @property {string} low
 * @property {number} recheck_min
 * @property {string[]} symptoms codes in the order to ask
 * @typedef {object} Contact somebody on duty in my grids or above them; of those below me also what was heard of their phone
 * @property {string} role
 * @property {string} grid
 * @property {string} grid_name
 * @property {string} name
 * @property {string} phone
 * @property {boolean} below
 * @property {string | null} last_contact_at ISO 8601
 * @property {number | null} pending
 * @typedef {{ tag: string | null, etag: string | null, at: number | null, rules: Rule[], people: Contact[], grids?: { code: string, name: string }[] }} Duty at: ms by the server's clock
 */

/** @type {Duty} */
const NONE = { tag: null, etag: null, at: null, rules: [], people: [] }
let known = NONE

export const rules = () => known.rules
export const people = () => known.people
/** Where a case can be handed over to. */
export const grids = () => known.grids || []
/** When they were last fetched, ms by the server's clock; null if never. */
export const fetchedAt = () => known.at
/** What the server called the present ones. */
export const dutyTag = () => known.tag
export const dutyEtag = () => known.etag

/** What was read from the disk. @param {Duty} [duty] */
export function knowDuty(duty = NONE) {
  known = duty
}

/** @param {Partial<Duty>} news what changed */
export async function keepDuty(news) {
  const next = { ...known, ...news }
  await meta.set("duty", next)
  known = next
  tell("roster")
}
