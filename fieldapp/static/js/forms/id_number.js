// The number of a resident identity card, GB 11643: the twin of fieldapp/forms/id_number.py.

import { isDate } from "./days.js"

const OLDEST_AGE = 120
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = "10X98765432"

/**
 * The code of what is wrong with a number, or nothing; the first flaw from the left.
 * @param {string} number
 * @param {string} today  ISO date
 */
export function flaw(number, today) {
  const tidy = tidyId(number)
  if ([...tidy].length !== 18) return "bad_id_length"
  if (!/^[0-9]{17}[0-9X]$/.test(tidy)) return "bad_id_number"
  if (!canBeBorn(tidy, today)) return "bad_id_date"
  if (tidy[17] !== checkDigit(tidy)) return "bad_id_check"
  return ""
}

/**
 * The number in the one form it is compared in: ASCII digits, a capital X, no spaces around.
 * @param {string} number
 */
export function tidyId(number) {
  return number
    .replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10))
    .replace(/[xｘＸ]/g, "X")
    .replace(/^ +| +$/g, "")
}

/**
 * The mask a phone gets for a number it may not keep; sent back it means "unchanged".
 * @param {string} text
 */
export const isMasked = (text) => /^[^*]{0,6}\*{4,}[^*]{0,4}$/u.test(text)

/** @param {string} tidy */
function checkDigit(tidy) {
  const sum = WEIGHTS.reduce((so_far, weight, at) => so_far + weight * Number(tidy[at]), 0)
  return CHECKS[sum % 11]
}

/**
 * @param {string} tidy
 * @param {string} today
 */
function canBeBorn(tidy, today) {
  const born = `${tidy.slice(6, 10)}-${tidy.slice(10, 12)}-${tidy.slice(12, 14)}`
  if (!isDate(born) || born > today) return false
  const hadBirthday = today.slice(5) >= born.slice(5)
  return Number(today.slice(0, 4)) - Number(born.slice(0, 4)) - (hadBirthday ? 0 : 1) <= OLDEST_AGE
}
