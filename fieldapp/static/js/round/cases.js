// Cases of home isolation as the screens need them: whose, since when, with which checks, and whom to call.

import * as told from "../store/duty.js"
import { present } from "../store/open.js"
import * as roster from "../store/roster.js"
import { addDays, daysBetween } from "../forms/days.js"
import { newest } from "./rules.js"

/** @typedef {import("../store/book.js").Row} Row */
/** @typedef {import("../store/duty.js").Contact} Contact */
/** @typedef {{ code: string, name: string }} Grid */
/** @typedef {{ rules: import("./rules.js").Rule[], people: Contact[], grids: Grid[] }} Duty */

/** Rules, people and grids as the township last told them; nothing before it did. @returns {Duty} */
export function duty() {
  return { rules: told.rules(), people: told.people(), grids: told.grids() }
}

/** All checks on this phone by their case, newest first. @returns {Map<string, Row[]>} */
export function checksByCase() {
  /** @type {Map<string, Row[]>} */
  const by = new Map()
  for (const check of roster.recordsOf("health_check")) {
    const id = check.fields.case
    const those = by.get(id)
    if (those) those.push(check)
    else by.set(id, [check])
  }
  for (const [id, those] of by) by.set(id, newest(those))
  return by
}

/** @param {string} id @returns {Row[]} newest first */
export function checksOf(id) {
  return newest(roster.recordsOf("health_check").filter(({ fields }) => fields.case === id))
}

/** @param {string} id */
export function caseOf(id) {
  return roster.record("isolation_case", id)
}

/** When a case was recorded: before that, nothing was missed. @param {Row} one @returns {string} day or moment */
export function registered({ fields }) {
  const returnee = fields.returnee && roster.record("returnee", fields.returnee)
  return fields.registered_on || returnee?.fields.occurred_at || fields.count_from
}

/** Whose case it is. @param {Row} one @returns {{ name: string, phone: string | undefined, fields: Record<string, any> }} */
export function personOf({ fields }) {
  const person = roster.survivor("person", fields.person)?.fields
  const returnee = fields.returnee && roster.record("returnee", fields.returnee)?.fields
  const home = roster.household(fields.hh)?.fields
  return {
    name: person?.name || returnee?.name || home?.head_name || "",
    phone: person?.phone || returnee?.phone || home?.head_phone,
    fields: person || returnee || {},
  }
}

/** "Day 5 of 14": day 0 is the day it is counted from. @param {Row} one @param {string} day */
export function dayNumber({ fields }, day) {
  return daysBetween(fields.count_from, day)
}

/** The days of the plan, the newest that has begun first. @param {Row} one @param {string} today */
export function daysSoFar(one, today) {
  const last = Math.min(one.fields.days, dayNumber(one, today))
  return Array.from({ length: Math.max(0, last) }, (_, at) => addDays(one.fields.count_from, last - at))
}

/** Who answers for this grid in such a role: they themselves, else whoever stands above. @param {Contact[]} people @param {string} role @param {string} grid */
export function responsible(people, role, grid) {
  const those = people.filter((one) => one.role === role && one.phone)
  return those.find((one) => one.grid === grid) || those.find((one) => !one.below)
}

/** @param {Duty} duty @param {string} code */
export function gridName({ people, grids }, code) {
  const mine = present()?.member.duties.find(({ grid }) => grid === code)?.name
  return mine || people.find(({ grid }) => grid === code)?.grid_name || grids.find((one) => one.code === code)?.name || code
}

/**
 * When the phones of a case's grid were last heard from, in ms: before that, nobody can say "missed".
 * A member's own phone hears itself.
 *
 * @param {Contact[]} people @param {string} grid @param {number} now
 */
export function heardAt(people, grid, now) {
  if (present()?.member.duties.some((duty) => duty.grid === grid)) return now
  // A phone that still holds records when it speaks may hold these as well.
  const those = people.filter((one) => one.grid === grid && one.below && !one.pending)
  const heard = those.map(({ last_contact_at }) => Date.parse(last_contact_at || "")).filter((at) => !Number.isNaN(at))
  return heard.length ? Math.max(...heard) : null
}
