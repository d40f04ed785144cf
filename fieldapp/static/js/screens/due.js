// The isolation part of today: who is to be checked, what raised an alert, who arrives, who is to be released.

import { checksByCase, duty, personOf, registered } from "../round/cases.js"
import { isPresent } from "../round/rules.js"
import { isOverseer, todayOf } from "../round/today.js"
import { present } from "../store/open.js"
import * as roster from "../store/roster.js"
import { now } from "../sync/clock.js"
import { N_, place, say, view } from "./view.js"
import { answer, moment, plateOf, standing } from "./words.js"

/** @typedef {import("../round/today.js").Item} Item */
/** @typedef {import("../round/today.js").Door} Door */

/** @type {Record<string, string>} */
export const SLOTS = { morning: N_("Morning"), evening: N_("Evening") }

/** @param {Door[]} [doors] @param {number} [at] @returns {Item[]} in walking order */
export function itemsNow(doors, at = now()) {
  const { rules } = duty()
  return todayOf({
    doors: doors || roster.households().map((household) => ({ household, there: standing(household, at) })),
    strays: roster.recordsOf("isolation_case").filter(({ fields }) => !roster.household(fields.hh)),
    checks: checksByCase(),
    rules,
    duties: present()?.member.duties || [],
    registered,
    now: at,
  })
}

/** The checks of this hour that nobody has made yet. @returns {Item[]} */
export function dueNow() {
  return itemsNow().filter(isDue)
}

/** @param {Item} item */
export function isDue({ type, done }) {
  return type === "check" && !done
}

/**
 * What today shows once the second pack is here: what is due, door by door, among the doors to visit.
 *
 * @param {Door[]} doors @param {number} at
 * @returns {{ above: Node | null, todo: (Door | { draw: () => Node })[] }}
 */
export function todayItems(doors, at) {
  const items = itemsNow(doors, at)
  const there = new Map(doors.map((door) => [door.household, door]))
  const open = items.filter(({ done, type }) => !done && type !== "alert")
  const urgent = items.filter(({ type }) => type === "alert")
  const todo = open.map((item) => {
    const door = item.type === "visit" && item.household ? there.get(item.household) : undefined
    return door || { draw: () => dueRow(item) }
  })
  return { above: summary(items, urgent), todo }
}

/** Above the list: what is urgent, the way into the round, and for who watches over many, the lists. @param {Item[]} items @param {Item[]} urgent */
function summary(items, urgent) {
  const due = items.filter(isDue)
  const made = items.filter(({ type, done }) => type === "check" && done)
  const unsent = made.filter((item) => item.unsent).length
  const watch = isOverseer(present()?.member.duties || [])
  const cases = roster.recordsOf("isolation_case").filter(({ fields }) => isPresent(fields)).length
  if (!due.length && !made.length && !urgent.length && !cases) return null
  const slot = due[0]?.slot || ""
  const box = view("due", {
    urgent: urgent.length,
    start: due.length && say("{slot} checks: {n} people", { slot: say(SLOTS[slot] || ""), n: due.length }),
    due: due.length,
    count: made.length && (unsent ? say("{n} checked today, {unsent} of them not sent yet", { n: made.length, unsent }) : say("{n} checked today", { n: made.length })),
    watch,
    made: made.length,
    cases: cases && say("In isolation: {n}", { n: cases }),
  })
  place(box, "urgent", urgent.map(dueRow))
  place(box, "made", made.map(dueRow))
  return box
}

/** One thing to do, as a row. @param {Item} item */
export function dueRow(item) {
  const { household, type, state, done, unsent } = item
  const one = item.case
  return view("due-row", {
    id: one?.record, type, state, done, unsent,
    plate: household ? plateOf(household.fields) : "·",
    head: one ? personOf(one).name : household?.fields.head_name,
    ...wayTo(item),
    ...signOf(item),
  })
}

/** The screen to go to, and of what. @param {Item} item */
function wayTo({ type, household, record, done, ...item }) {
  const id = item.case?.record
  if (type === "alert") return { to: "alert", of: record?.record }
  if (type === "release") return { to: "release", of: id }
  if (type === "check") return { to: done ? "case" : "round", of: id }
  return type === "arrival" ? { to: "case", of: id } : { to: "household", of: household?.id }
}

/** Red is only what this person must do now. @param {Item} item @returns {import("./words.js").Sign} */
function signOf(item) {
  const { type, state, record, slot = "", mine, unsent } = item
  const part = say(SLOTS[slot] || "")
  if (type === "alert") return { icon: "problem", tone: mine ? "wrong" : "", words: alertWords(item) }
  if (type === "release") return { icon: "save", tone: "do", words: say("Time is over: to be released") }
  if (type === "arrival") return { icon: "report", tone: "do", words: say("Arrives in this grid: confirm") }
  if (type === "follow") return { icon: "look", tone: "do", words: followWords(item) }
  if (record) {
    const words = say("{slot}: {reading}", { slot: part, reading: readingWords(record.fields) })
    return unsent ? { icon: "phone", tone: "fine", words: say("{words}, on this phone", { words }) } : { icon: "save", tone: "fine", words }
  }
  const late = { late: N_("{slot} check: please soon"), missed: N_("{slot} check was missed: make it up now") }[/** @type {string} */ (state)]
  return { icon: "temp", tone: "do", words: say(late || N_("{slot} check"), { slot: part }) }
}

/** @param {Item} item */
function alertWords({ record, mine }) {
  const reading = record ? readingWords(record.fields) : ""
  return mine ? say("{reading}: act now", { reading }) : say("{reading}: the doctor was told", { reading })
}

/** @param {Item} item */
function followWords({ why, household }) {
  if (why === "care") return say("Look again at the care needed")
  if (why === "unwell") return say("Somebody was unwell: ask again")
  const last = household?.visits[0]?.fields.occurred_at
  return say("Visit again as agreed {when}", { when: last ? moment(last) : "" })
}

/** "37.8℃, fever", "No thermometer". @param {Record<string, any>} check */
export function readingWords(check) {
  const { temp, temp2, temp_status = "measured", symptoms = [] } = check
  const reading = temp_status === "measured" ? say("{temp}℃", { temp: temp2 || temp }) : answer("health_check", "temp_status", temp_status)
  const unwell = symptoms.filter((/** @type {string} */ code) => code !== "none")
  return unwell.length ? say("{reading}, {symptoms}", { reading, symptoms: answer("health_check", "symptoms", unwell) }) : reading
}
