// #/case/<id> : one person's isolation day by day, their arrival, and how it is handed to another grid.

import { caseOf, checksOf, dayNumber, daysSoFar, duty, gridName, heardAt, personOf, registered, responsible } from "../round/cases.js"
import { alertOf, completeness, isPresent, mustAct, openAlert, releasable, ruleOn, slotState } from "../round/rules.js"
import { madeIn } from "../round/today.js"
import { addDays } from "../forms/days.js"
import { plannedEnd } from "../forms/plan.js"
import { present } from "../store/open.js"
import { now, today } from "../sync/clock.js"
import * as roster from "../store/roster.js"
import { moves } from "./case-moves.js"
import { N_, place, say, view } from "./view.js"
import { answer, dayWords, plateOf } from "./words.js"

/** @typedef {import("../store/book.js").Row} Row */
/** @typedef {import("../round/cases.js").Duty} Duty */

const UNSENT = ["waiting", "sent", "problem"]
/** A check is made up for three days; what is older, the township puts right. */
const MADE_UP_DAYS = 3
const DECIDES = ["doctor", "head", "chief_head", "officer"]

/** What stands in the table for a check that has no number. @type {Record<string, { icon: string, words: string }>} */
const CELLS = {
  open: { icon: "pencil", words: N_("now") },
  late: { icon: "pencil", words: N_("soon") },
  missed: { icon: "pencil", words: N_("missed") },
  unknown: { icon: "clock", words: N_("not known") },
  not_yet: { icon: "clock", words: "–" },
  before_registration: { icon: "clock", words: N_("not yet registered") },
}

/** @param {string} id @returns {import("./view.js").Screen} */
export function draw(id) {
  const one = caseOf(id)
  if (!one) return { part: view("gone"), refresh: "again" }
  const known = duty()
  const checks = checksOf(id)
  const alert = openAlert(known.rules, one.fields.kind, checks)
  const part = view("case", {
    id,
    ...who(one, known),
    ...standing(one, known, checks),
    ...ways(one, known, checks, alert),
  })
  place(part, "days", days(one, known, checks))
  moves(part, one, known, checks)
  return { part, refresh: "again" }
}

/** @param {Row} one @param {Duty} known */
function who(one, { people }) {
  const home = roster.household(one.fields.hh)
  const doctor = responsible(people, "doctor", one.grid)
  const { name, phone } = personOf(one)
  return {
    plate: home ? plateOf(home.fields) : "·",
    name, phone, hh: home?.id,
    phone_words: phone && say("Call {name}: {phone}", { name, phone }),
    doctor: doctor?.phone,
    doctor_words: doctor && say("Village doctor, {name}: {phone}", { name: doctor.name, phone: doctor.phone }),
  }
}

/** @param {Row} one @param {Duty} known @param {Row[]} checks */
function standing(one, { rules }, checks) {
  const { kind, days, count_from, state = "isolating" } = one.fields
  const { done, due } = completeness(rules, one.fields, registered(one), checks.map(({ fields }) => fields))
  const number = dayNumber(one, today())
  const running = isPresent(one.fields) && number <= days
  return {
    kind: answer("isolation_case", "kind", kind),
    state, done, due,
    icon: state === "released" ? "fine" : "date",
    standing: running ? say("Day {n} of {days}", { n: Math.max(0, number), days }) : answer("isolation_case", "state", state),
    until: say("Until {day}, 24:00", { day: dayWords(plannedEnd(count_from, days)) }),
    tally: say("{done} of {due} checks made", { done, due }),
    late: registered(one).slice(0, 10) > count_from && say("Registered on {day}: what was before is not counted as missed.", { day: dayWords(registered(one).slice(0, 10)) }),
    own: one.own && UNSENT.includes(one.own),
  }
}

/** What can be done here, by whom. @param {Row} one @param {Duty} known @param {Row[]} checks @param {Row | undefined} alert */
function ways(one, known, checks, alert) {
  const { fields } = one
  const ongoing = isPresent(fields)
  const open = ongoing ? checkNow(one, known, checks) : undefined
  const decides = present()?.member.duties.some(({ role }) => DECIDES.includes(role))
  return {
    waiting: fields.state === "waiting" && say("Handed over by {grid}. Is this person in your grid now?", { grid: gridName(known, fields.handed_from || "") }),
    alert: alert?.record,
    day: today(),
    slot: open,
    now: open && (open === "morning" ? say("Make the morning check") : say("Make the evening check")),
    releasable: decides && ongoing && releasable(fields, now(), false),
    notice: fields.state === "released",
    present: ongoing,
    days: fields.state !== "waiting",
  }
}

/** The slot that waits for its check at this hour. @param {Row} one @param {Duty} known @param {Row[]} checks */
function checkNow(one, { rules }, checks) {
  const day = today()
  const rule = ruleOn(rules, one.fields.kind, day)
  if (!rule || dayNumber(one, day) > one.fields.days) return undefined
  return rule.slots.find(({ slot }) => {
    const done = Boolean(madeIn(checks, day, slot))
    return ["open", "late"].includes(slotState(rule, day, slot, now(), { done, registered_at: registered(one), phone_heard_at: now() }))
  })?.slot
}

/** @param {Row} one @param {Duty} known @param {Row[]} checks */
function days(one, known, checks) {
  return daysSoFar(one, today()).map((day) => {
    const row = view("day", { number: say("Day {n}", { n: dayNumber(one, day) }), date: dayWords(day) })
    const cells = ["morning", "evening"].map((slot) => cell(one, known, { day, slot, made: madeIn(checks, day, slot) }))
    row.querySelector("tr")?.append(...cells)
    return row
  })
}

/** @param {Row} one @param {Duty} known @param {{ day: string, slot: string, made: Row | undefined }} at */
function cell(one, { rules, people }, { day, slot, made }) {
  const rule = ruleOn(rules, one.fields.kind, day)
  const asked = rule?.slots.some((window) => window.slot === slot)
  const heard = { done: Boolean(made), registered_at: registered(one), phone_heard_at: heardAt(people, one.grid, now()) }
  const state = rule && (asked || made) ? slotState(rule, day, slot, now(), heard) : "not_yet"
  const shut = { case: one.record, slot, state, date: day }
  const may = day >= addDays(today(), -MADE_UP_DAYS) && state !== "not_yet" && state !== "before_registration"
  const own = made?.own && UNSENT.includes(made.own) ? made.own : undefined
  const alarming = made && rule && mustAct(alertOf(rule, made.fields))
  const { icon, words } = made ? { icon: alarming ? "problem" : "phone", words: reading(made.fields) } : CELLS[state]
  const shown = { ...shut, own, level: alarming ? "alert" : undefined, icon, words: say(words) }
  return may || made ? view("slot", shown) : view("slot-shut", shown)
}

/** @param {Record<string, any>} check */
function reading({ temp, temp2, temp_status = "measured" }) {
  return temp_status === "measured" ? String(temp2 || temp) : answer("health_check", "temp_status", temp_status)
}
