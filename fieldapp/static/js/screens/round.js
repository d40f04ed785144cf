// #/round, #/round/<case> : from person to person with the thermometer.
// #/check/<case>/<day>/<slot> : one check by itself, also to put it right.

import { caseOf, checksOf, dayNumber, duty, personOf } from "../round/cases.js"
import { alertOf, mustAct, ruleOn } from "../round/rules.js"
import { madeIn } from "../round/today.js"
import { changed } from "../forms/read.js"
import { addDays } from "../forms/days.js"
import { drafts, dropDraft } from "../store/drafts.js"
import * as meta from "../store/meta.js"
import { uuid } from "../store/open.js"
import { keep } from "../store/outbox.js"
import * as roster from "../store/roster.js"
import { now, stamp, today } from "../sync/clock.js"
import { CheckForm } from "./check-form.js"
import { dueNow, dueRow, isDue, itemsNow, readingWords, SLOTS } from "./due.js"
import { saved, tell } from "./frame.js"
import { learn } from "./kinds.js"
import { forms, N_, place, say, view, wayOn } from "./view.js"
import { writing } from "./visit.js"
import { dayWords, plateOf } from "./words.js"

/** @typedef {import("../store/book.js").Row} Row */
/** @typedef {import("./view.js").Screen} Screen */

/** Of a check, what is taken over from the last one: how and where, never what was found. */
const USUAL = ["by", "site"]
/** A check that was begun and never made is forgotten when it can no longer be made up. */
const BEGUN_DAYS = 3

learn({ health_check: { name: N_("Temperature check") } })

/** @param {string} [id] of a case; without it, the first that is due @returns {Promise<Screen>} */
export async function draw(id) {
  await forgetBegun()
  const items = itemsNow()
  const due = items.filter(isDue)
  const item = id ? due.find((one) => one.case?.record === id) : due[0]
  if (!item?.case) return finished(items)
  const at = due.indexOf(item)
  const onward = due[at + 1] || (due.length > 1 ? due[0] : undefined)
  const made = items.filter(({ type, done, slot }) => type === "check" && done && slot === item.slot).length
  return screen(item.case, today(), item.slot || "", {
    tally: say("{n} of {all}", { n: made + 1, all: made + due.length }),
    skip: onward?.case?.record,
    save_words: onward ? say("Save, next person") : say("Save on this phone"),
    back: "",
    of: "",
    back_words: say("Today"),
    after() {
      const left = dueNow()
      const next = left.find((one) => one.case?.record === onward?.case?.record) || left[0]
      return next?.case ? `#/round/${next.case.record}` : "#/round"
    },
    again: `#/round/${item.case.record}`,
  })
}

/** @param {string} id @param {string} day @param {string} slot @returns {Promise<Screen>} */
export async function check(id, day, slot) {
  const one = caseOf(id)
  if (!one) return { part: view("gone"), refresh: "again" }
  return screen(one, day, slot, {
    tally: "",
    skip: undefined,
    save_words: say("Save on this phone"),
    back: "case",
    of: id,
    back_words: say("Back"),
    after: () => `#/case/${id}`,
    again: `#/check/${id}/${day}/${slot}`,
  })
}

/** @typedef {{ tally: string, skip: string | undefined, save_words: string, back: string, of: string, back_words: string, again: string, after: () => string }} Way */

/** @param {Row} one @param {string} day @param {string} slot @param {Way} way @returns {Promise<Screen>} */
async function screen(one, day, slot, way) {
  const checks = checksOf(one.record)
  const before = madeIn(checks, day, slot)
  const last = checks.find((check) => check !== before && !check.fields.voided)
  const home = roster.household(one.fields.hh)
  const { name } = personOf(one)
  const label = { who: name, where: home ? plateOf(home.fields) : "·" }
  const date = day === today() ? say("today") : dayWords(day)
  const part = view("round", {
    ...way,
    plate: label.where,
    name,
    which: say("{slot}, {date}, day {n} of {days}", { slot: say(SLOTS[slot] || ""), date, n: dayNumber(one, day), days: one.fields.days }),
    before: last && say("Last time ({slot}, {date}): {reading}", { slot: say(SLOTS[last.fields.slot] || ""), date: dayWords(last.fields.date), reading: readingWords(last.fields) }),
  })
  const first = before?.fields || { case: one.record, hh: one.fields.hh, date: day, slot, ...(await usual(last)) }
  const draft = await writing(`health_check/${one.record}/${day}/${slot}`, forms.health_check, first)
  const ids = { id: draft.id, record: before?.record || uuid() }
  new CheckForm(part, {
    first,
    left: draft.fields,
    correction: Boolean(before),
    remember: draft.remember,
    async save(answers, first) {
      const fields = before ? changed(forms.health_check, before.fields, answers) : { occurred_at: stamp(now()), ...answers }
      if (!Object.keys(fields).length) return history.back()
      await kept(one, { ...ids, fields, answers, label }, way, draft)
      if (!before) await meta.set("screen.check", Object.fromEntries(USUAL.map((key) => [key, first[key]])))
    },
  })
  return { part }
}

/** @param {Row} one @param {{ id: string, record: string, fields: Record<string, any>, answers: Record<string, any>, label: { who: string, where: string } }} check @param {Way} way @param {Awaited<ReturnType<typeof writing>>} draft */
async function kept(one, { id, record, fields, answers, label }, way, draft) {
  const rule = ruleOn(duty().rules, one.fields.kind, answers.date)
  const level = rule ? alertOf(rule, answers) : "none"
  const urgent = mustAct(level)
  const go = wayOn()
  const base = roster.version("health_check", record)
  const entry = await keep({ id, kind: "health_check", record, base, form: forms.health_check.version, grid: one.grid, fields, label, urgent }, { draft: draft.key })
  if (urgent) location.hash = `#/alert/${record}` // wherever they are: somebody needs help
  else go(level === "low" ? `#/alert/${record}` : way.after())
  saved([entry], say("Saved on this phone: {name}, {reading}", { name: label.who, reading: readingWords(answers) }), () => {
    void draft.again(answers, way.again)
    tell(say("Taken back. Nothing was recorded."))
  })
}

async function forgetBegun() {
  const since = addDays(today(), -BEGUN_DAYS)
  const begun = (await drafts()).map(({ key }) => key).filter((key) => key.startsWith("health_check/"))
  await Promise.all(begun.filter((key) => key.split("/")[2] < since).map(dropDraft))
}

/** How and where: of this person's last check, or of the last one made on this phone. @param {Row | undefined} last */
async function usual(last) {
  const here = (await meta.get("screen.check")) || { by: "visit" }
  return Object.fromEntries(USUAL.map((key) => [key, last?.fields[key] || here[key]]).filter(([, value]) => value))
}

/** @param {import("../round/today.js").Item[]} items @returns {Screen} */
function finished(items) {
  const made = items.filter(({ type, done }) => type === "check" && done)
  const unsent = made.filter((item) => item.unsent).length
  const part = view("round-done", {
    title: made.length ? say("This round is done") : say("No check is due now"),
    done: made.length && say("{n} checks today. Thank you!", { n: made.length }),
    unsent: unsent && say("{n} of them are still on this phone and go out when there is a network.", { n: unsent }),
    none: !made.length && say("The list fills by itself when the next checks begin."),
  })
  place(part, "rows", made.map(dueRow))
  return { part, refresh: "again" }
}
