// When home isolation ends and how often to look in: the twin of fieldapp/isolation/plan.py.

import { addDays, daysBetween } from "./days.js"

/** @typedef {{ day_no: number, day: string, part: "morning"|"evening", before_registration: boolean }} Slot */

/** @type {("morning"|"evening")[]} */
const PARTS = ["morning", "evening"]

/**
 * The last day, until 24:00 of which isolation lasts; `countFrom` is day 0.
 * @param {string} countFrom  ISO date
 * @param {number} days
 */
export function plannedEnd(countFrom, days) {
  return addDays(countFrom, days)
}

/**
 * Two checks on each of the days 1 to `days`; day 0 and the day of registration are free.
 * @param {string} countFrom
 * @param {number} days
 * @param {string} registeredOn
 * @returns {Slot[]}
 */
export function slots(countFrom, days, registeredOn) {
  const daysLate = daysBetween(countFrom, registeredOn)
  const numbers = Array.from({ length: days }, (_, index) => index + 1)
  return numbers.flatMap((day_no) =>
    PARTS.map((part) => ({
      day_no,
      day: addDays(countFrom, day_no),
      part,
      before_registration: day_no <= daysLate,
    })),
  )
}

/**
 * How many checks are to be made: 28 of 14 days, two fewer for each day registered late.
 * @param {string} countFrom
 * @param {number} days
 * @param {string} registeredOn
 */
export function slotsDue(countFrom, days, registeredOn) {
  const daysLate = Math.max(0, daysBetween(countFrom, registeredOn))
  return PARTS.length * Math.max(0, days - daysLate)
}
