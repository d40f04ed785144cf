// #/alert/<check> : what follows a reading that is too high, or symptoms: measure again, tell, finish.

import { caseOf, duty, personOf, responsible } from "../round/cases.js"
import { isOpenAlert } from "../round/rules.js"
import { levelOf } from "../round/today.js"
import { check } from "../forms/check.js"
import { read } from "../forms/read.js"
import { sentence } from "../forms/sentences.js"
import { present, uuid } from "../store/open.js"
import { keep } from "../store/outbox.js"
import * as roster from "../store/roster.js"
import { now, stamp } from "../sync/clock.js"
import { dueNow, readingWords, SLOTS } from "./due.js"
import { fieldFor } from "./fields.js"
import { saved } from "./frame.js"
import { forms, language, messages, N_, on, one, place, say, sayFault, view } from "./view.js"
import { briefly, field, moment, plateOf, worded } from "./words.js"

/** @typedef {import("../store/book.js").Row} Row */
/** @typedef {import("../round/rules.js").Rule} Rule */

/** @type {Record<string, { icon: string, words: string }>} */
const SAYS = {
  low: { icon: "temp", words: N_("This is low. Measure once more, best in the armpit and in a warm room.") },
  recheck: { icon: "problem", words: N_("That is {limit}℃ or more. Measure again after {n} minutes, and tell the village doctor.") },
  alert: { icon: "problem", words: N_("This needs the village doctor now.") },
  high: { icon: "problem", words: N_("High fever: call the village doctor now; if breathing is hard, call 120.") },
}
const OVER = { icon: "fine", words: N_("Finished. Nothing more is to be done about it.") }

/** @param {string} id of the check @returns {import("./view.js").Screen} */
export function draw(id) {
  const record = roster.record("health_check", id)
  const isolation = record && caseOf(record.fields.case)
  if (!record || !isolation) return { part: view("gone"), refresh: "again" }
  const { fields } = record
  const { rules, people } = duty()
  const { rule, level, open } = standing(rules, isolation, fields)
  const doctor = responsible(people, "doctor", record.grid)
  const home = roster.household(isolation.fields.hh)
  const left = dueNow().length
  const township = present()?.town.phone
  const part = view("alert", {
    plate: home ? plateOf(home.fields) : "·",
    name: personOf(isolation).name,
    when: say("{slot}, {when}", { slot: say(SLOTS[fields.slot] || ""), when: moment(fields.occurred_at || now()) }),
    level, open: String(open),
    ...(open || level === "low" ? said(level, rule) : { icon: OVER.icon, words: say(OVER.words) }),
    reading: readingWords(fields),
    doctor: doctor?.phone,
    doctor_words: doctor && say("Call the village doctor, {name}: {phone}", { name: doctor.name, phone: doctor.phone }),
    no_doctor: !doctor && open,
    recheck: fields.temp_status === "measured" && !fields.temp2 && (open || level === "low"),
    recheck_words: say("Measure again at {time}", { time: briefly((Date.parse(fields.occurred_at) || now()) + (rule?.recheck_min || 0) * 60_000) }),
    act: open || fields.action,
    acted: fields.action_at && say("{when}, {who}", { when: moment(fields.action_at), who: fields.action_by || "" }),
    end: fields.action,
    township,
    township_words: township && say("Call the township: {phone}", { phone: township }),
    more: left,
    more_words: say("On with the round: {n} more", { n: left }),
    case: isolation.record,
  })
  one(part, "#alert").classList.add(open ? "wrong" : level === "low" ? "warm" : "fine")
  picks(part, record, rule)
  if (!one(part, '[data-slot="recheck"]').hidden) recheck(part, record, rule)
  return { part, refresh: () => redraw(id) }
}

/** Nothing is drawn anew under somebody who is typing a number. @param {string} id */
function redraw(id) {
  if (/** @type {HTMLInputElement | null} */ (document.querySelector("#temp2"))?.value) return
  one(document, "#main").replaceChildren(draw(id).part)
}

/** @param {Rule[]} rules @param {Row} isolation @param {Record<string, any>} fields */
function standing(rules, isolation, fields) {
  const { rule, level } = levelOf(rules, isolation.fields.kind, fields)
  return { rule, level, open: rule ? isOpenAlert(rule, fields) : false }
}

/** @param {string} level @param {Rule | undefined} rule */
function said(level, rule) {
  const { icon, words } = SAYS[level] || SAYS.alert
  return { icon, words: say(words, { limit: rule?.alert, n: rule?.recheck_min }) }
}

/** One tap each: what was done, and what came of it. @param {DocumentFragment} part @param {Row} record @param {Rule | undefined} rule */
function picks(part, record, rule) {
  const me = present()?.member.name
  const buttons = (/** @type {string} */ key, /** @type {() => Record<string, any>} */ more) =>
    (field("health_check", key)?.choices || []).map((/** @type {string} */ code) => {
      const row = view("pick", { code, words: worded(field("health_check", key)?.labels?.[code]) })
      const button = one(row, "button")
      button.setAttribute("aria-pressed", String(record.fields[key] === code))
      button.addEventListener("click", () => amend(record, { [key]: code, ...more() }, rule))
      return row
    })
  place(part, "actions", buttons("action", () => ({ action_at: stamp(now()), action_by: me })))
  place(part, "outcomes", buttons("outcome", () => ({})))
}

/** @param {DocumentFragment} part @param {Row} record @param {Rule | undefined} rule */
function recheck(part, record, rule) {
  const form = one(part, '[data-form="recheck"]')
  const asked = /** @type {import("../forms/definition.js").Field} */ (field("health_check", "temp2"))
  place(part, "temp2", [fieldFor(asked)])
  const input = /** @type {HTMLInputElement} */ (one(form, "#temp2"))
  input.inputMode = "none" // the big keys are on the screen
  form.addEventListener("submit", (event) => event.preventDefault())
  form.addEventListener("input", () => tellWrong(form, ""))
  on(part, "recheck", () => {
    const temp2 = read(asked, input.value) ?? ""
    const [code = ""] = check({ version: 1, fields: [{ ...asked, when: undefined, required: true }] }, { temp2 }, { now: new Date(now()), whole: true }).temp2 || []
    if (code) return tellWrong(form, sentence(forms.health_check, "temp2", code, { messages, language, now: new Date(now()) }))
    input.value = ""
    return amend(record, { temp2, temp2_at: stamp(now()) }, rule)
  })
}

/** @param {HTMLElement} form @param {string} words */
function tellWrong(form, words) {
  one(form, "#error-temp2").textContent = words
  one(form, "#temp2").setAttribute("aria-invalid", String(Boolean(words)))
  if (words) one(form, "#temp2").focus()
}

/** A correction of the check; while the alert is open, it goes ahead of everything else. @param {Row} record @param {Record<string, any>} more @param {Rule | undefined} rule */
async function amend({ record, grid, fields, kind }, more, rule) {
  const home = roster.household(fields.hh)
  const isolation = caseOf(fields.case)
  const label = { who: isolation ? personOf(isolation).name : "", where: home ? plateOf(home.fields) : "·" }
  const urgent = Boolean(rule && isOpenAlert(rule, fields))
  try {
    const entry = await keep({ id: uuid(), kind, record, base: roster.version(kind, record), form: forms[kind].version, grid, fields: more, label, urgent })
    saved([entry], say("Saved on this phone: {name}, {reading}", { name: label.who, reading: readingWords({ ...fields, ...more }) }))
    redraw(record)
    one(document, "h1").focus({ preventScroll: true })
  } catch (fault) {
    sayFault(one(document, "#main"), fault)
  }
}
