// #/household/<id> : one door, three answers. All well and nobody home are saved with one tap.

import * as meta from "../store/meta.js"
import { keep } from "../store/outbox.js"
import { uuid } from "../store/open.js"
import * as roster from "../store/roster.js"
import { now, stamp, today } from "../sync/clock.js"
import { saved } from "./frame.js"
import { toVisit } from "./today.js"
import { forms, on, one, place, say, sayFault, view } from "./view.js"
import { answer, moment, plateOf, REVISIT_MS, titleOf } from "./words.js"

/** @typedef {import("../store/book.js").Household} Household */

/** The record that the next tap makes: its ids stay until its being saved is drawn, so six taps make one. @type {ReturnType<typeof blank>} */
let next

/** @param {string} id @returns {import("./view.js").Screen} */
export function draw(id) {
  if (next?.hh !== id || next.kept) next = blank(id)
  const household = roster.household(id)
  if (!household) return { part: view("gone"), refresh: "again" }
  next.mode = meta.get("screen.mode").catch(() => undefined) // read now, so that saving waits for one thing only
  const { fields, people, visits } = household
  const last = visits.find((visit) => !visit.fields.voided && isToday(visit))
  const onward = last && doorAfter(id)
  const part = view("household", {
    id,
    plate: plateOf(fields),
    head: fields.head_name,
    address: fields.address_text,
    ...lastVisit(last),
    next: onward?.id,
    next_words: onward && say("Next door: {plate}, {name}", { plate: plateOf(onward.fields), name: onward.fields.head_name }),
    answers: !last || next.again,
    again: last && !next.again,
    phone: fields.head_phone,
    phone_words: say("Call {phone}", { phone: fields.head_phone }),
    people: people.length,
    people_words: say("Who lives here: {n}", { n: people.length }),
    visits: visits.length,
  })
  place(part, "people", people.map(personRow))
  place(part, "visits", visits.slice(0, 5).map(visitRow))
  listen(part, household)
  return { part, refresh: "again" }
}

/** @param {DocumentFragment} part @param {Household} household */
function listen(part, household) {
  const answers = one(part, '[data-slot="answers"]')
  on(part, "fine", () => record(household, "normal"))
  on(part, "nobody", () => record(household, "nobody_home"))
  on(part, "again", (button) => {
    next.again = true
    button.hidden = true
    answers.hidden = false
    one(answers, "button").focus()
  })
}

/** @param {Household} household @param {string} result */
async function record(household, result) {
  if (next.busy) return
  next.busy = true
  try {
    const entry = await keep(await visit(household, result, next))
    next.kept = true // and busy still: the same answers stand there for one more frame
    saved([entry], say("Saved on this phone: {plate}, {what}", { plate: plateOf(household.fields), what: titleOf(entry) }))
  } catch (fault) {
    next.busy = false
    sayFault(one(document, "#main"), fault)
  }
}

/** @param {string} hh @returns {{ hh: string, id: string, record: string, mode: Promise<any>, busy: boolean, kept: boolean, again: boolean }} */
function blank(hh) {
  return { hh, id: uuid(), record: uuid(), mode: Promise.resolve(), busy: false, kept: false, again: false }
}

/** @param {Household} household @param {string} result @param {{ id: string, record: string, mode: Promise<any> }} next */
async function visit(household, result, { id, record, mode: usual }) {
  const mode = (await usual) || "indoors"
  const { id: hh, grid, fields } = household
  return {
    id,
    record,
    kind: "visit",
    base: null,
    form: forms.visit.version,
    grid,
    fields: { hh, mode, result, asked_q1: false, asked_q2: false, occurred_at: stamp(now()) },
    label: { who: fields.head_name, where: plateOf(fields) },
  }
}

/** The next door to visit further on, or the first one of the round. @param {string} id */
function doorAfter(id) {
  const order = new Map(roster.households().map((door, at) => [door.id, at]))
  const here = order.get(id) ?? -1
  const todo = toVisit(now()).filter((door) => door.id !== id)
  return todo.find((door) => (order.get(door.id) ?? -1) > here) || todo[0]
}

/** @param {import("../store/book.js").Row | undefined} last */
function lastVisit(last) {
  if (!last) return { visited: "" }
  const at = Date.parse(last.fields.occurred_at) || now()
  return {
    visited: say("{when}: {what}", { when: moment(at), what: titleOf(last) }),
    due: last.fields.result === "nobody_home" && say("Come again by {due}", { due: moment(at + REVISIT_MS) }),
    last: last.record,
  }
}

/** @param {import("../store/book.js").Row} visit */
function isToday({ fields }) {
  return !fields.occurred_at || today(Date.parse(fields.occurred_at)) === today()
}

/** @param {import("../store/book.js").Row} person */
function personRow({ record, fields }) {
  const age = fields.age ?? (fields.birth_year && Number(today().slice(0, 4)) - fields.birth_year)
  const about = [
    fields.relation && answer("person", "relation", fields.relation),
    fields.sex && answer("person", "sex", fields.sex),
    age && say("{n} years", { n: age }),
    fields.away_place,
  ]
  return view("person", { id: record, name: fields.name, about: about.filter(Boolean).join(say(", ")) })
}

/** @param {import("../store/book.js").Row} visit */
function visitRow({ record, fields, kind }) {
  const when = fields.occurred_at ? moment(fields.occurred_at) : ""
  return view("visit-row", { id: record, result: titleOf({ kind, fields }), when: fields.voided ? say("Withdrawn: {when}", { when }) : when })
}
