// #/release/<case> : the conditions of a release, and the release. #/notice/<case> : the paper about it.

import { caseOf, checksOf, duty, personOf, registered } from "../round/cases.js"
import { completeness, endsAt, openAlert, releasable } from "../round/rules.js"
import { check } from "../forms/check.js"
import { plannedEnd } from "../forms/plan.js"
import { read } from "../forms/read.js"
import { sentence } from "../forms/sentences.js"
import { present, uuid } from "../store/open.js"
import { keep } from "../store/outbox.js"
import * as roster from "../store/roster.js"
import { now, today } from "../sync/clock.js"
import { fieldFor } from "./fields.js"
import { saved } from "./frame.js"
import { forms, language, messages, on, one, place, say, sayFault, view, wayOn } from "./view.js"
import { answer, dayWords, field, moment, plateOf } from "./words.js"

/** @typedef {import("../store/book.js").Row} Row */
/** @typedef {import("./view.js").Screen} Screen */

const ASKED = ["release_no", "release_remark"]

/** @param {string} id @returns {Screen} */
export function draw(id) {
  const one = caseOf(id)
  if (!one) return { part: view("gone"), refresh: "again" }
  const home = roster.household(one.fields.hh)
  const alert = openAlert(duty().rules, one.fields.kind, checksOf(id))
  const may = releasable(one.fields, now(), Boolean(alert))
  const label = { who: personOf(one).name, where: home ? plateOf(home.fields) : "·" }
  const part = view("release", { id, plate: label.where, name: label.who, releasable: may })
  place(part, "conditions", conditions(one, alert))
  if (may) ask(part, one, label)
  return { part }
}

/** @param {Row} one @param {Row | undefined} alert */
function conditions(one, alert) {
  const ends = endsAt(one.fields)
  const over = now() >= ends
  const { done, due } = tally(one)
  const all = done >= due
  return [
    condition("period", over, say("The time is over"), over ? say("since {when}", { when: moment(ends) }) : say("not before {when}", { when: moment(ends) })),
    condition("alert", !alert, say("No alert is open"), alert ? say("An alert is open: finish it first") : say("None is open")),
    condition("checks", all, say("Checks: {done} of {due}", { done, due }), all ? say("None is missing") : say("{n} are missing; that does not hold up a release", { n: due - done }), true),
  ]
}

/** @param {string} name @param {boolean} met @param {string} title @param {string} words @param {boolean} [told] only told: it holds nothing up */
function condition(name, met, title, words, told = false) {
  return view("condition", { condition: name, met: String(met), icon: met ? "save" : told ? "look" : "clock", title, words })
}

/** @param {Row} one */
function tally(one) {
  return completeness(duty().rules, one.fields, registered(one), checksOf(one.record).map(({ fields }) => fields))
}

/** @param {DocumentFragment} part @param {Row} isolation @param {{ who: string, where: string }} label */
function ask(part, isolation, label) {
  const asked = ASKED.map((key) => /** @type {import("../forms/definition.js").Field} */ (field("isolation_case", key)))
  place(part, "fields", asked.map((question) => fieldFor({ ...question, required: question.key === "release_no" })))
  const form = /** @type {HTMLFormElement} */ (one(part, "form"))
  const id = uuid()
  let busy = false
  form.addEventListener("submit", (event) => event.preventDefault())
  form.addEventListener("input", (event) => tellWrong(form, /** @type {HTMLInputElement} */ (event.target).name, ""))
  on(part, "save", async () => {
    const fields = { state: "released", released_on: today(), ...answers(form, asked) }
    const wrong = flaws(fields)
    if (busy || tellAll(form, wrong)) return
    busy = true
    const go = wayOn()
    try {
      const { kind, record, grid } = isolation
      const entry = await keep({ id, kind, record, base: roster.version(kind, record), form: forms[kind].version, grid, fields, label })
      go(`#/notice/${record}`)
      saved([entry], say("Saved on this phone: {name}, {what}", { name: label.who, what: answer(kind, "state", "released") }))
    } catch (fault) {
      busy = false
      sayFault(form, fault)
    }
  })
}

/** @param {HTMLFormElement} form @param {import("../forms/definition.js").Field[]} asked */
function answers(form, asked) {
  const typed = asked.map((question) => [question.key, read(question, /** @type {HTMLInputElement} */ (one(form, `#${question.key}`)).value)])
  return Object.fromEntries(typed.filter(([, value]) => value !== null))
}

/** @param {Record<string, unknown>} fields @returns {Record<string, string[]>} */
function flaws(fields) {
  const wrong = check(forms.isolation_case, fields, { now: new Date(now()), whole: false })
  return fields.release_no ? wrong : { ...wrong, release_no: ["required"] }
}

/** @param {HTMLFormElement} form @param {Record<string, string[]>} wrong */
function tellAll(form, wrong) {
  const keys = Object.keys(wrong)
  for (const key of keys) tellWrong(form, key, sentence(forms.isolation_case, key, wrong[key][0], { messages, language, now: new Date(now()) }))
  if (keys.length) one(form, `#${keys[0]}`).focus()
  return keys.length > 0
}

/** @param {HTMLFormElement} form @param {string} key @param {string} words */
function tellWrong(form, key, words) {
  if (!key) return
  one(form, `#error-${key}`).textContent = words
  one(form, `#${key}`).setAttribute("aria-invalid", String(Boolean(words)))
}

/** @param {string} id @returns {Screen} */
export function notice(id) {
  const one = caseOf(id)
  if (one?.fields.state !== "released") return { part: view("gone"), refresh: "again" }
  const { fields } = one
  const { name, fields: person } = personOf(one)
  const home = roster.household(fields.hh)?.fields
  const me = present()
  const part = view("notice-paper", {
    id,
    number: say("No. {no}", { no: fields.release_no }),
    address: say("{name}:", { name }),
    body: say("Your {kind} began on {from} (day 0) and was to last {days} days, until {end}, 24:00. The time is over, no alert is open, and {done} of {due} checks were made.", { kind: answer("isolation_case", "kind", fields.kind), from: dated(fields.count_from), days: fields.days, end: dated(plannedEnd(fields.count_from, fields.days)), ...tally(one) }),
    closing: say("It ends on {day}. Please go on wearing a mask, avoid gatherings, and tell your village doctor if you feel unwell.", { day: dated(fields.released_on) }),
    town: me?.town.name,
    signer: me && say("Issued by: {name}", { name: me.member.name }),
    date: dated(fields.released_on),
  })
  const facts = [[say("Identity card"), masked(person.id_no)], [say("Address"), home?.address_text], [say("Head of household"), home?.head_name]]
  place(part, "facts", facts.filter(([, value]) => value).map(([key, value]) => view("fact", { name: key, value })))
  on(part, "print", () => print())
  return { part }
}

/** Six of the area and four at the end are enough to know somebody by. @param {string | undefined} number */
function masked(number) {
  return number && number.length > 10 && !number.includes("*") ? number.slice(0, 6) + "*".repeat(number.length - 10) + number.slice(-4) : number
}

/** A day with its year, as papers have it. @param {string} day ISO */
function dated(day) {
  return say("{day} {year}", { day: dayWords(day), year: day.slice(0, 4) })
}
