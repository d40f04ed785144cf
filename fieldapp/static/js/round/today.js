// What one person has to do today, worked out from the roster, the rules and the corrected clock
// alone, so that it is also right on the third day without a network.

import { localDay } from "../forms/days.js"
import { plannedEnd } from "../forms/plan.js"
import { alertOf, isOpenAlert, isPresent, mustAct, releasable, ruleOn, slotState } from "./rules.js"

/** @typedef {import("../store/book.js").Household} Household */
/** @typedef {import("../store/book.js").Row} Row */
/** @typedef {import("./rules.js").Rule} Rule */
/** @typedef {import("./rules.js").SlotState} SlotState */
/** @typedef {{ household: Household, there: { todo: boolean, at: number } }} Door  there: what is to be seen to by visits, see words.js */
/** @typedef {{ role: string, grid: string }} Duty */
/**
 * @typedef {object} Item
 * @property {"alert"|"arrival"|"release"|"check"|"visit"|"follow"} type
 * @property {Household} [household] none of an arrival whose door is not chosen yet
 * @property {Row} [case]
 * @property {string} [slot] of a check
 * @property {SlotState} [state] of a check
 * @property {"visit"|"care"|"unwell"} [why] of a follow-up
 * @property {Row} [record] the check that was made, or that raised the alert
 * @property {boolean} mine for this person to do now
 * @property {boolean} done
 * @property {boolean} unsent done, and still on this phone
 */

const UNSENT = ["waiting", "sent", "problem"]
/** Who watches over many doors does not go from door to door. */
const OVERSEERS = ["chief_head", "head", "doctor", "officer"]
/** At one door what is urgent first. @type {Item["type"][]} */
const ORDER = ["alert", "arrival", "release", "check", "visit", "follow"]

/**
 * @param {object} given
 * @param {Door[]} given.doors in walking order
 * @param {Row[]} [given.strays] cases whose door is not on this phone: somebody handed them over
 * @param {Map<string, Row[]>} given.checks by case
 * @param {Rule[]} given.rules
 * @param {Duty[]} given.duties
 * @param {(one: Row) => string} given.registered when a case was recorded: a day or a moment
 * @param {number} given.now ms, corrected
 * @returns {Item[]} in walking order
 */
export function todayOf({ doors, strays = [], checks, rules, duties, registered, now }) {
  const watches = isOverseer(duties)
  const arrivals = strays.filter(({ fields }) => fields.state === "waiting" && !fields.voided)
  /** @type {Item[]} */
  const first = arrivals.map((one) => ({ type: "arrival", case: one, mine: true, done: false, unsent: false }))
  return first.concat(doors.flatMap(({ household, there }) => {
    const cases = household.cases.flatMap((one) =>
      caseItems(household, one, { made: checks.get(one.record) || [], rules, now, watches, registered: registered(one) }),
    )
    return [...cases, ...doorItems(household, there, now)].sort(byUrgency)
  }))
}

/** Heads and doctors decide and follow up; they are not sent from door to door. @param {Duty[]} duties */
export function isOverseer(duties) {
  return duties.length > 0 && duties.every(({ role }) => OVERSEERS.includes(role))
}

/**
 * @typedef {object} About
 * @property {Row[]} made
 * @property {Rule[]} rules
 * @property {number} now
 * @property {boolean} watches
 * @property {string} registered
 */

/** @param {Household} household @param {Row} one @param {About} about @returns {Item[]} */
function caseItems(household, one, about) {
  const { fields } = one
  const of = { household, case: one, mine: true, done: false, unsent: false }
  if (fields.voided) return []
  if (fields.state === "waiting") return [{ type: "arrival", ...of }]
  if (!isPresent(fields)) return []
  const alert = alertItem(of, about)
  const ended = about.watches && releasable(fields, about.now, Boolean(alert))
  return [
    ...(alert ? [alert] : []),
    ...(ended ? [{ type: /** @type {const} */ ("release"), ...of }] : []),
    ...(about.watches ? [] : checkItems(of, about)),
  ]
}

/** @param {Omit<Item, "type">} of @param {About} about @returns {Item | undefined} */
function alertItem(of, { made, rules, watches }) {
  const kind = of.case?.fields.kind
  const record = made.find(({ fields }) => {
    const rule = ruleOn(rules, kind, fields.date)
    return rule && isOpenAlert(rule, fields)
  })
  // Who has told the doctor has done their part; what comes of it is the doctor's.
  return record && { ...of, type: "alert", record, mine: watches || !record.fields.action, unsent: isUnsent(record) }
}

/** The checks of this day that are due or were made. @param {Omit<Item, "type">} of @param {About} about @returns {Item[]} */
function checkItems(of, { made, rules, now, registered }) {
  const fields = of.case?.fields || {}
  const day = localDay(new Date(now))
  const rule = ruleOn(rules, fields.kind, day)
  if (!rule || day <= fields.count_from || day > plannedEnd(fields.count_from, fields.days)) return []
  const states = rule.slots.map(({ slot }) => {
    const record = madeIn(made, day, slot)
    // This phone always hears of itself, so what it does not know was not made from here.
    const state = slotState(rule, day, slot, now, { done: Boolean(record), registered_at: registered, phone_heard_at: now })
    return { slot, state, record }
  })
  // A check that was missed can be made up until the next one begins.
  const begun = states.filter(({ state }) => state !== "not_yet" && state !== "before_registration")
  return begun
    .filter(({ state }, at) => state === "done" || at === begun.length - 1)
    .map(({ slot, state, record }) => ({
      ...of, type: "check", slot, state, record, done: state === "done", unsent: record ? isUnsent(record) : false,
    }))
}

/** @param {Household} household @param {Door["there"]} there @param {number} now @returns {Item[]} */
function doorItems(household, there, now) {
  const day = localDay(new Date(now))
  const of = { household, mine: true, done: false, unsent: false }
  const last = household.visits.find(({ fields }) => !fields.voided)
  /** @type {Item[]} */
  const items = []
  if (there.todo) items.push({ ...of, type: "visit" })
  else if (last && seenOn(last, now) === day) items.push({ ...of, type: "visit", done: true, unsent: isUnsent(last), record: last })
  if (there.todo) return items
  if (last && (last.fields.next_visit || "9") <= day && seenOn(last, now) < day) items.push({ ...of, type: "follow", why: "visit" })
  else if (last?.fields.result === "unwell" && seenOn(last, now) < day) items.push({ ...of, type: "follow", why: "unwell" })
  if (household.fields.tag_until && household.fields.care_tags?.length && household.fields.tag_until <= day) items.push({ ...of, type: "follow", why: "care" })
  return items
}

/** The valid check of a slot; a correction lies over the record itself. @param {Row[]} made @param {string} day @param {string} slot */
export function madeIn(made, day, slot) {
  return made.find(({ fields }) => fields.date === day && fields.slot === slot && !fields.voided)
}

/** How serious a check is by the rule of its day. @param {Rule[]} rules @param {string} kind @param {Record<string, any>} fields */
export function levelOf(rules, kind, fields) {
  const rule = ruleOn(rules, kind, fields.date)
  const level = rule ? alertOf(rule, fields) : "none"
  return { rule, level, act: mustAct(level) }
}

/** @param {Row} visit @param {number} now */
function seenOn({ fields }, now) {
  return localDay(new Date(Date.parse(fields.occurred_at) || now))
}

/** @param {Row} row */
function isUnsent({ own }) {
  return own !== null && UNSENT.includes(own)
}

/** @param {Item} one @param {Item} other */
function byUrgency(one, other) {
  return ORDER.indexOf(one.type) - ORDER.indexOf(other.type)
}
