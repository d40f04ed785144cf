// What is due when, what was missed and when somebody must act: the twin of
// fieldapp/isolation/rules.py; tests/contract/rule_cases.json holds the two together.

import { plannedEnd } from "../forms/plan.js"
import { addDays, localDay } from "../forms/days.js"

/** @typedef {{ slot: string, from: string, to: string }} Window  from and to on the clock of the township */
/**
 * @typedef {object} Rule
 * @property {string} kind
 * @property {string} valid_from  ISO date
 * @property {string | null} valid_to  the last day
 * @property {number} days
 * @property {Window[]} slots
 * @property {number} missed_after_min
 * @property {number} head_after_min
 * @property {string} alert  in ℃ with one decimal, like those below
 * @property {string} high
 * @property {string} low
 * @property {number} recheck_min
 * @property {string[]} symptoms
 */
/** @typedef {"before_registration"|"not_yet"|"open"|"late"|"missed"|"done"|"unknown"} SlotState */
/** @typedef {"none"|"low"|"recheck"|"alert"|"high"} Level */
/** @typedef {Record<string, any>} Fields */

const MINUTE_MS = 60_000
const NO_SYMPTOMS = "none"
/** Cases that somebody has to look after now. */
const PRESENT = ["isolating", "alert", "to_release"]

/**
 * The rule that holds on a day; of two that do, the one that began later.
 *
 * @template {Pick<Rule, "kind" | "valid_from" | "valid_to">} T
 * @param {T[]} rules @param {string} kind @param {string} day @returns {T | undefined}
 */
export function ruleOn(rules, kind, day) {
  return rules
    .filter((rule) => rule.kind === kind && rule.valid_from <= day && (!rule.valid_to || day <= rule.valid_to))
    .sort((one, other) => (one.valid_from < other.valid_from ? 1 : -1))[0]
}

/** From when until when a check is to be made, in ms. @param {Pick<Rule, "slots">} rule @param {string} day @param {string} slot */
export function windowOf(rule, day, slot) {
  const window = rule.slots.find((one) => one.slot === slot)
  return window && { from: clock(day, window.from), to: clock(day, window.to) }
}

/**
 * What is to be said of one check of the plan. "Missed" is only said of what could have arrived.
 *
 * @param {Rule} rule @param {string} day @param {string} slot @param {number} now ms
 * @param {{ done: boolean, registered_at: string, phone_heard_at: number | null }} known
 *   registered_at: moment or day on which the case was recorded; phone_heard_at: when the phone of the
 *   case's grid last reached the one who asks, in ms
 * @returns {SlotState}
 */
export function slotState(rule, day, slot, now, { done, registered_at, phone_heard_at }) {
  if (done) return "done"
  if (day <= dayOf(registered_at)) return "before_registration"
  const window = windowOf(rule, day, slot)
  if (!window || now < window.from) return "not_yet"
  if (now < window.to) return "open"
  if (now < window.to + rule.missed_after_min * MINUTE_MS) return "late"
  return phone_heard_at === null || phone_heard_at < window.to ? "unknown" : "missed"
}

/**
 * How serious a check is. The second reading, where there is one, stands for the first.
 *
 * @param {Pick<Rule, "alert" | "high" | "low">} rule
 * @param {Fields} check temp, temp2, temp_status, symptoms
 * @returns {Level}
 */
export function alertOf(rule, { temp, temp2, temp_status, symptoms }) {
  const unwell = (symptoms || []).some((/** @type {string} */ code) => code !== NO_SYMPTOMS)
  const measured = temp_status === "measured" && temp
  const reading = tenths(temp2 || temp)
  if (measured && reading >= tenths(rule.high)) return "high"
  if (unwell) return "alert"
  if (!measured) return "none"
  if (reading >= tenths(rule.alert)) return temp2 ? "alert" : "recheck"
  return reading < tenths(rule.low) ? "low" : "none"
}

/** Levels on which somebody has to act. @param {Level} level */
export function mustAct(level) {
  return level === "recheck" || level === "alert" || level === "high"
}

/**
 * An alert ends with what was done and what came of it, never by itself; also when the second reading
 * was normal, somebody has to say so.
 *
 * @param {Rule} rule @param {Fields} check
 */
export function isOpenAlert(rule, check) {
  if (check.voided || (check.action && check.outcome)) return false
  return mustAct(alertOf(rule, { ...check, temp2: undefined })) || mustAct(alertOf(rule, check))
}

/**
 * The newest check whose alert is open.
 *
 * @template {{ fields: Fields }} T
 * @param {Rule[]} rules @param {string} kind of the case @param {T[]} checks
 */
export function openAlert(rules, kind, checks) {
  return newest(checks).find(({ fields }) => {
    const rule = ruleOn(rules, kind, fields.date)
    return rule && isOpenAlert(rule, fields)
  })
}

/** Whether somebody has to look after the case now. @param {Fields} fields */
export function isPresent(fields) {
  return !fields.voided && PRESENT.includes(fields.state || "isolating")
}

/** The moment until which it lasts, 24:00 of the last day, in ms. @param {Fields} fields of the case */
export function endsAt({ count_from, days }) {
  return clock(addDays(plannedEnd(count_from, days), 1), "00:00")
}

/** Not one minute before its end, and not while an alert is open. @param {Fields} fields @param {number} now ms @param {boolean} alert */
export function releasable(fields, now, alert) {
  return isPresent(fields) && !alert && now >= endsAt(fields)
}

/**
 * How many checks were made of those that were due; a slot counts once. Those that another grid made
 * before a hand-over are in `carried_slots`; its checks, where known as well, do not count again.
 *
 * @param {Rule[]} rules @param {Fields} fields of the case @param {string} registered_at @param {Fields[]} checks
 * @returns {{ done: number, due: number }}
 */
export function completeness(rules, fields, registered_at, checks) {
  const planned = plannedSlots(rules, fields, dayOf(registered_at))
  const carried = fields.carried_slots || 0
  const begins = placeOf(fields.handed_on || "", fields.handed_slot || "morning")
  const made = new Set(
    checks
      .filter((one) => !one.voided && (!carried || placeOf(one.date, one.slot) >= begins))
      .map((one) => placeOf(one.date, one.slot)),
  )
  const done = planned.filter((place) => made.has(place)).length + carried
  return { done: Math.min(planned.length, done), due: planned.length }
}

/** @param {Rule[]} rules @param {Fields} fields @param {string} registered */
function plannedSlots(rules, { kind, count_from, days }, registered) {
  return Array.from({ length: days }, (_, at) => addDays(count_from, at + 1))
    .filter((day) => day > registered)
    .flatMap((day) => (ruleOn(rules, kind, day)?.slots || []).map(({ slot }) => placeOf(day, slot)))
}

/** How many of the newest readings say the same: a thermometer that stands still, or none at all. @param {{ fields: Fields }[]} checks newest first */
export function sameInARow(checks) {
  const readings = checks.filter(({ fields }) => !fields.voided && fields.temp_status === "measured").map(({ fields }) => fields.temp)
  const other = readings.findIndex((temp) => temp !== readings[0])
  return other < 0 ? readings.length : other
}

/** @template {{ fields: Fields }} T @param {T[]} checks @returns {T[]} newest first */
export function newest(checks) {
  const order = (/** @type {{ fields: Fields }} */ { fields }) => placeOf(fields.date, fields.slot)
  return [...checks].sort((one, other) => (order(one) < order(other) ? 1 : -1))
}

/** Sorts as the checks follow one another. @param {string} day @param {string} slot */
function placeOf(day, slot) {
  return `${day} ${slot === "morning" ? 0 : 1}`
}

/** @param {string} day @param {string} time "12:00" */
function clock(day, time) {
  return Date.parse(`${day}T${time}:00+08:00`)
}

/** The township's day of a moment; of a day, itself. @param {string} when */
function dayOf(when) {
  return when.length > 10 ? localDay(new Date(when)) : when
}

/** @param {string | undefined} degrees */
function tenths(degrees) {
  return Number(String(degrees).replace(".", ""))
}
