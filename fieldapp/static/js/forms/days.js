// Days in the township and bounds that move with the clock: the twin of fieldapp/forms/bounds.py.

const MS_OF = { d: 86_400_000, h: 3_600_000, m: 60_000 }
const EAST_OF_UTC_MS = 8 * MS_OF.h // Asia/Shanghai; it has had no summer time since 1991

const DATE = /^[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$/
const DT =
  /^([12][0-9]{3}-[01][0-9]-[0-3][0-9])T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,9})?)?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])$/

/**
 * The day in the township at a moment.
 * @param {Date} moment
 */
export function localDay(moment) {
  return new Date(moment.getTime() + EAST_OF_UTC_MS).toISOString().slice(0, 10)
}

/**
 * @param {string} day  ISO date
 * @param {number} count
 */
export function addDays(day, count) {
  return new Date(Date.parse(`${day}T00:00Z`) + count * MS_OF.d).toISOString().slice(0, 10)
}

/**
 * How many days from one to the other.
 * @param {string} from  ISO date
 * @param {string} until  ISO date
 */
export function daysBetween(from, until) {
  return Math.round((Date.parse(`${until}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / MS_OF.d)
}

/**
 * @param {unknown} value
 * @returns {value is string}
 */
export function isDate(value) {
  if (typeof value !== "string" || !DATE.test(value)) return false
  return new Date(`${value}T00:00Z`).toISOString().startsWith(value)
}

/**
 * Milliseconds since 1970, or NaN for what is not a moment with its offset from UTC.
 * @param {string} value
 */
export function momentMs(value) {
  const found = DT.exec(value)
  return found && isDate(found[1]) ? Date.parse(value) : NaN
}

/**
 * A bound such as "now-72h", in milliseconds since 1970.
 * @param {string} bound
 * @param {Date} now
 */
export function momentAt(bound, now) {
  return now.getTime() + distanceMs(bound)
}

/**
 * A bound such as "today" or "today+366d", as an ISO date.
 * @param {string} bound
 * @param {Date} now
 */
export function dayAt(bound, now) {
  return addDays(localDay(now), distanceMs(bound) / MS_OF.d)
}

/** @param {string} bound */
function distanceMs(bound) {
  const [, count, unit] = /^(?:today|now)(?:([+-][0-9]+)([dhm]))?$/.exec(bound) ?? []
  return unit ? Number(count) * MS_OF[/** @type {"d"|"h"|"m"} */ (unit)] : 0
}
