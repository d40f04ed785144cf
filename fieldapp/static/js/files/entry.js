// #/new-household, #/new-household/<grid> : a household with its head. #/new-person/<household> : one more.
// Both are there at once for visits, returnees and isolation, also without a network.

import { readForm } from "../forms/read.js"
import { present, uuid } from "../store/open.js"
import { keepAll } from "../store/outbox.js"
import * as roster from "../store/roster.js"
import { saved } from "../screens/frame.js"
import { learn } from "../screens/kinds.js"
import { Questions, suggested } from "../screens/questions.js"
import { forms, N_, place, say, view } from "../screens/view.js"
import { openForm, writing } from "../screens/visit.js"
import { plateOf } from "../screens/words.js"
import { addresses, numbers } from "./address.js"
import { asking, householdLine, likeHouseholds, likePeople, personLine } from "./doubles.js"
import { gridName } from "./grids.js"
import { quick } from "./quick.js"
import { reviews } from "./reviews.js"

/** @typedef {import("../forms/definition.js").Form} Form */
/** @typedef {Record<string, any>} Fields */

/** Of the head only what is known at a glance; the rest in their own file. */
const HOUSEHOLD_STEPS = [
  ["head_name", "sex", "age"], ["address_text"], ["occupied", "resident_n", "away_n"], ["no_phone", "head_phone"],
  ["care_tags", "tag_source", "tag_until"], ["nickname"], ["heating"],
  ["emergency_name", "emergency_relation", "emergency_phone"], ["remark"],
]
const PERSON_STEPS = [["name", "sex", "age", "relation"], ["phone"], ["person_tags"], ["nickname"], ["away_place"], ["id_no"], ["remark"]]
learn({
  "new-household": { name: N_("Household"), title: N_("New household"), steps: HOUSEHOLD_STEPS },
  "new-person": { name: N_("Household member"), title: N_("New person"), steps: PERSON_STEPS },
})

const OF_THE_HEAD = ["sex", "age"]
const COUNTS = Array.from({ length: 8 }, (_, n) => ({ value: String(n), words: String(n) }))

/** @param {string} [grid] @returns {Promise<import("../screens/view.js").Screen>} */
export async function newHousehold(grid) {
  const mine = grids()
  const here = grid || (mine.length === 1 ? mine[0] : "")
  if (!here) return { part: gridChoice(mine) }
  const doors = roster.households().filter((door) => door.grid === here)
  const form = askedOf(HOUSEHOLD_STEPS, { version: forms.household.version, fields: [...forms.household.fields, ...forms.person.fields.filter(({ key }) => OF_THE_HEAD.includes(key))] })
  const { part } = openForm("new-household", { head_name: gridName(here), hh_no: numbers(here, doors).hh_no })
  const draft = await writing(`new-household/${here}`, form, { ...suggested(form), resident_n: "1", away_n: "0" })
  const record = uuid()
  const person = { id: uuid(), record: uuid() }
  const ask = asking("head_name", say("Is it one of these? They are in the files already."), alikeHouseholds)
  new Questions(part, {
    kind: "new-household",
    form,
    typed: draft.fields,
    remember: (typed) => (draft.remember(typed), ask(readForm(form, typed))),
    discard: draft.discard,
    async save(answers, typed, go) {
      const { household, head } = apart(answers, record)
      const label = { who: household.head_name, where: plateOf(household) }
      /** @type {{ id: string, kind: string, record: string, fields: Fields }[]} */
      const changes = [{ id: draft.id, kind: "household", record, fields: { ...numbers(here, doors), ...household } }]
      if (head) changes.push({ ...person, kind: "person", fields: head })
      const entries = await keepAll(changes.map((change) => ({ ...change, base: null, form: forms[change.kind].version, grid: here, label })), { draft: draft.key })
      go(`#/household/${record}`)
      saved(entries, say("Saved on this phone: {plate}, new household", { plate: label.where }), () => draft.again(typed, `#/new-household/${here}`))
    },
  })
  quick(part, "address_text", addresses(doors, lastSeen(doors)))
  quick(part, "resident_n", COUNTS)
  quick(part, "away_n", COUNTS)
  quick(part, "tag_until", reviews())
  return { part }
}

/** @param {string} hh @returns {Promise<import("../screens/view.js").Screen>} */
export async function newPerson(hh) {
  const household = roster.household(hh)
  if (!household) return { part: view("gone"), refresh: "again" }
  const form = askedOf(PERSON_STEPS, forms.person)
  const { part, label } = openForm("new-person", household.fields)
  const draft = await writing(`new-person/${hh}`, form, suggested(form))
  const record = uuid()
  const ask = asking("name", say("Is it one of these? They are in the files already."), async (fields) => (await likePeople({ ...fields, hh })).map(personLine))
  new Questions(part, {
    kind: "new-person",
    form,
    typed: { ...draft.fields, hh },
    remember: (typed) => (draft.remember(typed), ask(readForm(form, typed))),
    discard: draft.discard,
    async save(answers, typed, go) {
      const who = String(answers.name)
      const entries = await keepAll([{ id: draft.id, kind: "person", record, base: null, form: forms.person.version, grid: household.grid, fields: { ...answers, hh }, label: { ...label, who } }], { draft: draft.key })
      go(`#/file/${hh}`)
      saved(entries, say("Saved on this phone: {name}", { name: who }), () => draft.again(typed, `#/new-person/${hh}`))
    },
  })
  return { part }
}

/** The form with only the questions of these steps, in the form's order. @param {string[][]} steps @param {Form} form @returns {Form} */
export function askedOf(steps, { version, fields }) {
  const keys = steps.flat()
  return { version, fields: fields.filter(({ key }) => keys.includes(key)) }
}

/** What is the household's, and what makes its head a person: nobody, where nobody lives. @param {Fields} answers @param {string} hh */
function apart({ sex, age, ...household }, hh) {
  const people = Number(household.resident_n) + Number(household.away_n)
  const head = { hh, name: household.head_name, sex, age, relation: "head" }
  const said = Object.fromEntries(Object.entries(head).filter(([, value]) => value !== undefined))
  return { household: /** @type {Fields} */ (household), head: people ? said : null }
}

/** A head may be in the files as the head of a household, or as somebody in one. @param {Fields} fields */
async function alikeHouseholds(fields) {
  const { head_name, nickname, sex, age } = fields
  if (!head_name) return []
  const households = (await likeHouseholds(fields)).map(householdLine)
  const people = (await likePeople({ name: head_name, nickname, sex, age }))
    .filter((person) => !households.some(({ id }) => id === person.fields.hh))
    .map(personLine)
  return [...households, ...people].slice(0, 3)
}

/** The grids that this phone's doors are in, or, before any came, the member's own. @returns {string[]} */
function grids() {
  const found = new Set(roster.households().map(({ grid }) => grid))
  return found.size ? Array.from(found).sort() : (present()?.member.duties || []).map(({ grid }) => grid)
}

/** @param {string[]} mine */
function gridChoice(mine) {
  const part = view("grid-choice", {})
  const rows = mine.map((grid) => view("grid-row", { id: grid, name: gridName(grid) }))
  place(part, "grids", rows)
  return part
}

/** The door that was visited last: the new one is likely to stand beside it. @param {import("../store/book.js").Household[]} doors */
function lastSeen(doors) {
  const seen = (/** @type {import("../store/book.js").Household} */ { visits }) => Date.parse(visits[0]?.fields.occurred_at) || 0
  const last = doors.reduce((best, door) => (seen(door) > (best ? seen(best) : 0) ? door : best), /** @type {typeof doors[0] | undefined} */ (undefined))
  return last
}
