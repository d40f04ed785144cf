// What one file takes over from another that is merged into it. Values and pure functions.

/** @typedef {Record<string, any>} Fields */
/** @typedef {import("../forms/definition.js").Field} Field */

const OWN = ["hh_no", "walk_no", "hh", "voided", "merged_into", "no_phone", "tag_source", "tag_until"]

/**
 * Which of two files remains: the one the township knows, the one with more recorded, the first.
 *
 * @template {{ record: string, version: number | null, weight: number }} T
 * @param {T} one @param {T} other @returns {[T, T]} the one that remains first
 */
export function ordered(one, other) {
  const known = Number(other.version !== null) - Number(one.version !== null)
  const heavier = other.weight - one.weight
  const later = one.record < other.record ? -1 : 1
  return (known || heavier || later) > 0 ? [other, one] : [one, other]
}

/**
 * The answers that differ, for people to choose; and those that the file that remains lacks.
 *
 * @param {Field[]} fields of the form @param {Fields} stays @param {Fields} goes
 * @returns {{ same: string[], differing: string[], taken: Fields }}
 */
export function compared(fields, stays, goes) {
  const same = []
  const differing = []
  /** @type {Fields} */
  const taken = {}
  for (const { key, type, sensitive } of fields) {
    if (OWN.includes(key) || !isSaid(goes[key])) continue
    if (!isSaid(stays[key])) {
      // A phone has only the mask of an ID number; who sends it back says nothing.
      if (!sensitive) taken[key] = goes[key]
    } else if (type === "multi") {
      const both = Array.from(new Set([...stays[key], ...goes[key]]))
      if (both.length > stays[key].length) taken[key] = both
    } else if (JSON.stringify(stays[key]) === JSON.stringify(goes[key])) same.push(key)
    else differing.push(key)
  }
  return { same, differing, taken: { ...taken, ...following(taken, stays, goes) } }
}

/** What has to come along so that the file is whole: a telephone is had, a care tag has its basis. @param {Fields} taken @param {Fields} stays @param {Fields} goes */
function following(taken, stays, goes) {
  /** @type {Fields} */
  const more = {}
  if (taken.head_phone) more.no_phone = false
  if (taken.care_tags && !stays.tag_until) Object.assign(more, { tag_source: goes.tag_source, tag_until: goes.tag_until })
  return more
}

/** @param {unknown} value */
function isSaid(value) {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && !value.length)
}
