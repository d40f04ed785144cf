// #/cases : everybody in isolation, over all grids. #/missed : which checks are missing, by grid.

import { checksByCase, dayNumber, duty, gridName, heardAt, personOf, registered, responsible } from "../round/cases.js"
import { endsAt, isPresent, openAlert, ruleOn, sameInARow, slotState, windowOf } from "../round/rules.js"
import { madeIn } from "../round/today.js"
import { addDays } from "../forms/days.js"
import * as duties from "../store/duty.js"
import { present } from "../store/open.js"
import * as roster from "../store/roster.js"
import { fetchDuty } from "../sync/phone.js"
import { now, today } from "../sync/clock.js"
import { readingWords, SLOTS } from "./due.js"
import { list } from "./rows.js"
import { place, say, view } from "./view.js"
import { answer, dayWords, moment, plateOf } from "./words.js"

/** @typedef {import("../store/book.js").Row} Row */
/** @typedef {import("./view.js").Screen} Screen */
/** @typedef {{ one: Row, checks: Row[], alert: Row | undefined, state: string | undefined, slot: string | undefined }} Watched */

const HEADS = ["head", "chief_head"]
const SAME_IN_A_ROW = 10
/** What was just fetched is not fetched again because the list is drawn anew. */
const HEARD_GOOD_FOR_MS = 5_000
const GROUPS = ["alerts", "ended", "arrivals", "due", "rest", "over"]

/** @returns {Screen} */
export function draw() {
  const by = checksByCase()
  const all = inWalkingOrder().map((one) => watched(one, by.get(one.record) || []))
  const groups = Object.fromEntries(GROUPS.map((group) => [group, all.filter((one) => groupOf(one) === group)]))
  const ongoing = all.filter(({ one }) => isPresent(one.fields))
  const counts = Object.fromEntries(GROUPS.map((group) => [group, groups[group].length]))
  const part = view("cases", {
    ...counts,
    counted: say("{n} in isolation, {alerts} alerts, {ended} to be released", { n: ongoing.length, ...counts }),
    rest_words: say("In isolation, nothing due now: {n}", { n: counts.rest }),
    none: !all.length,
  })
  for (const group of GROUPS.slice(0, 3)) place(part, group, groups[group].map(row))
  for (const group of GROUPS.slice(3)) list(part, group, groups[group], row)
  return { part, refresh: "again" }
}

/** @param {Row} one @param {Row[]} checks @returns {Watched} */
function watched(one, checks) {
  const { rules, people } = duty()
  const alert = isPresent(one.fields) ? openAlert(rules, one.fields.kind, checks) : undefined
  const [slot, state] = slotNow(one, checks, people)
  return { one, checks, alert, slot, state }
}

/** The last check that has begun today, and what is to be said of it. @param {Row} one @param {Row[]} checks @param {import("../round/cases.js").Contact[]} people @returns {[string | undefined, string | undefined]} */
function slotNow(one, checks, people) {
  const day = today()
  const rule = ruleOn(duty().rules, one.fields.kind, day)
  const number = dayNumber(one, day)
  if (!rule || number < 1 || number > one.fields.days || !isPresent(one.fields)) return [undefined, undefined]
  const begun = rule.slots.filter(({ slot }) => now() >= (windowOf(rule, day, slot)?.from || 0)).pop()
  if (!begun) return [undefined, undefined]
  const known = { done: Boolean(madeIn(checks, day, begun.slot)), registered_at: registered(one), phone_heard_at: heardAt(people, one.grid, now()) }
  return [begun.slot, slotState(rule, day, begun.slot, now(), known)]
}

/** @param {Watched} about */
function groupOf({ one, alert, state }) {
  if (one.fields.voided) return "gone"
  if (one.fields.state === "waiting") return "arrivals"
  if (!isPresent(one.fields)) return one.fields.state === "released" ? "over" : "gone"
  if (alert) return "alerts"
  if (now() >= endsAt(one.fields)) return "ended"
  return state && ["open", "late", "missed", "unknown"].includes(state) ? "due" : "rest"
}

/** @param {Watched} about */
function row({ one, checks, alert, state }) {
  const home = roster.household(one.fields.hh)
  const where = gridName(duty(), one.grid)
  const [last] = checks
  const sign = alert
    ? { icon: "problem", tone: "wrong", words: say("{reading}: act now", { reading: readingWords(alert.fields) }) }
    : { icon: signOf(state), tone: "", words: last ? say("{day} {slot}: {reading}", { day: dayWords(last.fields.date), slot: say(SLOTS[last.fields.slot]), reading: readingWords(last.fields) }) : say("No check yet") }
  const stage = isPresent(one.fields) ? say("day {n} of {days}", { n: Math.max(0, dayNumber(one, today())), days: one.fields.days }) : answer("isolation_case", "state", one.fields.state)
  return view("due-row", {
    id: one.record, type: "case", state,
    to: alert ? "alert" : now() >= endsAt(one.fields) && isPresent(one.fields) ? "release" : "case",
    of: alert?.record || one.record,
    plate: home ? plateOf(home.fields) : "·",
    head: personOf(one).name,
    about: [say("{where}, {stage}", { where, stage }), still(checks)].filter(Boolean).join(say(", ")),
    ...sign,
  })
}

/** Ten times the same number is for the head to ask about, and for nobody else to be blamed with. @param {Row[]} checks */
function still(checks) {
  const heads = present()?.member.duties.some(({ role }) => HEADS.includes(role))
  const n = sameInARow(checks)
  return heads && n >= SAME_IN_A_ROW ? say("{n} times {reading} in a row", { n, reading: readingWords({ temp: checks[0].fields.temp }) }) : ""
}

/** @param {string | undefined} state */
function signOf(state) {
  return state === "done" ? "save" : state === "missed" ? "look" : "clock"
}

/** @returns {Row[]} */
function inWalkingOrder() {
  const place = new Map(roster.households().map(({ id }, at) => [id, at]))
  const at = (/** @type {Row} */ { fields }) => place.get(fields.hh) ?? -1
  return roster.recordsOf("isolation_case").sort((one, other) => at(one) - at(other))
}

/** @returns {Screen} */
export function missed() {
  askWhoWasHeard()
  const found = lastSlot()
  const part = view("missed", found ? told(found) : { title: say("Missed checks"), none: say("No check of today has ended yet."), sum: "" })
  if (found) place(part, "grids", byGrid(found).map((group) => gridPart(group, found)))
  return { part, refresh: "again" }
}

/** Whose phone was heard from changes by the minute: whoever opens the list has it anew, where there is a network. */
function askWhoWasHeard() {
  if (now() - (duties.fetchedAt() ?? 0) > HEARD_GOOD_FOR_MS) fetchDuty().catch(() => {})
}

/** @typedef {{ day: string, slot: string, cases: { one: Row, state: string }[], until: number }} Ended */

/** The check whose time ended last, and how every case stands with it. @returns {Ended | undefined} */
function lastSlot() {
  const by = checksByCase()
  const { rules, people } = duty()
  const [slot, day, until] = ended(rules) || []
  if (!slot || !day || !until) return undefined
  const cases = inWalkingOrder().filter(({ fields }) => isPresent(fields)).flatMap((one) => {
    const rule = ruleOn(rules, one.fields.kind, day)
    const number = dayNumber(one, day)
    if (!rule || number < 1 || number > one.fields.days) return []
    const known = { done: Boolean(madeIn(by.get(one.record) || [], day, slot)), registered_at: registered(one), phone_heard_at: heardAt(people, one.grid, now()) }
    const state = slotState(rule, day, slot, now(), known)
    return state === "before_registration" || state === "not_yet" ? [] : [{ one, state }]
  })
  return { day, slot, cases, until }
}

/** @param {import("../round/rules.js").Rule[]} rules @returns {[string, string, number] | undefined} */
function ended(rules) {
  const days = [today(), addDays(today(), -1)]
  const all = days.flatMap((day) => rules
    .filter((rule) => ruleOn(rules, rule.kind, day) === rule)
    .flatMap((rule) => rule.slots.map(({ slot }) => /** @type {[string, string, number]} */ ([slot, day, windowOf(rule, day, slot)?.to || 0]))))
  return all.filter(([, , until]) => until <= now()).sort((one, other) => other[2] - one[2])[0]
}

/** @param {Ended} found */
function told({ day, slot, cases }) {
  const count = (/** @type {string[]} */ ...states) => cases.filter(({ state }) => states.includes(state)).length
  const [done, gone, unknown, late] = [count("done"), count("missed"), count("unknown"), count("late", "open")]
  const at = duties.fetchedAt()
  return {
    title: say("{slot} checks of {day}", { slot: say(SLOTS[slot]), day: dayWords(day) }),
    due: cases.length, done, missed: gone, unknown,
    sum: say("{due} due, {done} made, {missed} missed, {unknown} not known yet", { due: cases.length, done, missed: gone, unknown: unknown + late }),
    heard: at ? say("What the phones of the grids told by {when}", { when: moment(at) }) : "",
    none: done === cases.length && say("Every check was made."),
  }
}

/** @param {Ended} found */
function byGrid({ cases }) {
  /** @type {Map<string, { one: Row, state: string }[]>} */
  const by = new Map()
  for (const about of cases) if (about.state !== "done") by.set(about.one.grid, [...(by.get(about.one.grid) || []), about])
  return Array.from(by, ([grid, missing]) => ({ grid, missing })).sort((one, other) => (one.grid < other.grid ? -1 : 1))
}

/** @param {{ grid: string, missing: { one: Row, state: string }[] }} group @param {Ended} found */
function gridPart({ grid, missing }, { until }) {
  const known = duty()
  const leader = responsible(known.people, "leader", grid) || responsible(known.people, "member", grid)
  const heard = heardAt(known.people, grid, now())
  const silent = heard === null || heard < until
  const box = view("missed-grid", {
    grid,
    name: say("{grid}: {n}", { grid: gridName(known, grid), n: missing.length }),
    leader: leader ? say("{name}, {phone}", { name: leader.name, phone: leader.phone }) : say("Nobody is named for this grid"),
    heard: silent && (heard ? say("Its phone was last heard from {when}: the checks may be on it.", { when: moment(heard) }) : say("Its phone was not heard from yet: the checks may be on it.")),
    phone: leader?.phone,
    phone_words: leader && say("Call {name}: {phone}", { name: leader.name, phone: leader.phone }),
  })
  place(box, "rows", missing.map(missingRow))
  return box
}

/** @param {{ one: Row, state: string }} about */
function missingRow({ one, state }) {
  const home = roster.household(one.fields.hh)
  const words = { missed: say("missed"), unknown: say("Not known: the phone has not told yet"), late: say("Not made yet") }
  return view("due-row", {
    id: one.record, type: "missed", state, to: "case", of: one.record,
    plate: home ? plateOf(home.fields) : "·",
    head: personOf(one).name,
    icon: state === "missed" ? "look" : "clock",
    tone: state === "missed" ? "do" : "",
    words: /** @type {Record<string, string>} */ (words)[state] || words.late,
  })
}
