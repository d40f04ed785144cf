// #/returnee/<household>/<visit> : somebody who came. Saves person, returnee and isolation at once.
// #/plan/<returnee> : until when, and how many checks.

import { plannedEnd, slotsDue } from "../forms/plan.js"
import { ruleOn } from "../round/rules.js"
import { rules } from "../store/duty.js"
import { uuid } from "../store/open.js"
import { all, chain, keepAll } from "../store/outbox.js"
import * as roster from "../store/roster.js"
import { now, stamp, today } from "../sync/clock.js"
import { saved } from "./frame.js"
import { learn } from "./kinds.js"
import { Questions, suggested } from "./questions.js"
import { recordOf } from "./record.js"
import { forms, N_, say, view } from "./view.js"
import { openForm, savedWords, writing } from "./visit.js"
import { answer, byTown, dayWords } from "./words.js"

learn({
  returnee: {
    title: N_("Somebody who came"),
    steps: [
      ["name", "sex", "age"], ["id_kind", "id_no", "id_reason"], ["no_phone", "phone"],
      ["origin", "origin_text"], ["wuhan_link"], ["arrived_at", "left_origin_at"], ["transport", "transport_no"],
      ["contact_case"], ["health_now", "symptoms", "symptoms_text", "temp_status", "temp"], ["measure"],
      ["left_area", "left_on", "left_to"], ["remark", "notice_shown"], ["occurred_at", "late_reason"],
    ],
  },
})

const AT_HOME = ["home_isolation", "home_monitoring"]
/** Where the town has told no rule yet. */
const DAYS = 14
/** @type {Record<string, string>} */
const REASONS = { wuhan: "wuhan", hubei: "hubei", abroad: "abroad" }

/** @param {string} hh @param {string} [visit] @returns {Promise<import("./view.js").Screen>} */
export async function draw(hh, visit) {
  const household = roster.household(hh)
  if (!household) return { part: view("gone"), refresh: "again" }
  const form = forms.returnee
  const { part, label } = openForm("returnee", household.fields)
  const draft = await writing(`returnee/${hh}`, form, suggested(form))
  const ids = { returnee: uuid(), person: uuid(), personChange: uuid(), isolation: uuid(), isolationChange: uuid() }
  new Questions(part, {
    kind: "returnee",
    form,
    typed: { visit, ...draft.fields, stay_at: hh },
    remember: draft.remember,
    discard: draft.discard,
    async save(answers, typed, go) {
      const changes = changesOf(answers, household, { ...ids, change: draft.id })
      const entries = await keepAll(changes.map((change) => ({ ...change, grid: household.grid, label: { ...label, who: String(answers.name) } })), { draft: draft.key })
      go(`#/plan/${ids.returnee}`)
      saved(entries, savedWords(label, entries[0]), () => draft.again(typed, `#/returnee/${hh}`))
    },
  })
  return { part }
}

/** @param {string} id of the returnee @returns {Promise<import("./view.js").Screen>} */
export async function plan(id) {
  const record = recordOf(id, await chain(id))
  if (!record) return { part: view("gone"), refresh: "again" }
  const isolation = (await isolationOf(id))?.fields
  const { measure, stay_at } = record.fields
  if (!isolation) {
    const other = say("Arranged: {what}. The township sees it as soon as there is a network.", { what: answer("returnee", "measure", measure) })
    return { part: view("plan", { other, household: stay_at }) }
  }
  const made = (await chain(id))[0]?.made_at
  const registered = today(made ? byTown(made) : now())
  const end = plannedEnd(isolation.count_from, isolation.days)
  const due = slotsDue(isolation.count_from, isolation.days, registered)
  const late = 2 * isolation.days - due
  const part = view("plan", {
    household: stay_at,
    due, end,
    until: isolation.kind === "home_isolation" ? say("Home isolation until {day}, 24:00", { day: dayWords(end) }) : say("Home health monitoring until {day}, 24:00", { day: dayWords(end) }),
    checks: say("{n} temperature checks, one each morning and evening", { n: due }),
    late: late && say("Registered late: the {n} checks before today count as “before registration”, not as missed.", { n: late }),
  })
  return { part }
}

/**
 * Who came, who that is in the household's file, and what follows.
 *
 * @param {Record<string, any>} answers @param {import("../store/book.js").Household} household
 * @param {{ change: string, returnee: string, person: string, personChange: string, isolation: string, isolationChange: string }} ids
 */
function changesOf(answers, household, ids) {
  const known = household.people.find(({ fields }) => fields.name === answers.name)
  const person = known?.record || ids.person
  const fields = { occurred_at: stamp(now()), ...answers, person }
  const changes = [change("returnee", ids.change, ids.returnee, fields)]
  if (!known) changes.push(change("person", ids.personChange, person, personOf(answers, household.id)))
  if (AT_HOME.includes(answers.measure)) changes.push(change("isolation_case", ids.isolationChange, ids.isolation, isolationFields(answers, { person, hh: household.id, returnee: ids.returnee })))
  return changes
}

/** @param {string} kind @param {string} id @param {string} record @param {Record<string, any>} fields */
function change(kind, id, record, fields) {
  return { id, kind, record, base: null, form: forms[kind].version, fields }
}

/** @param {Record<string, any>} answers @param {string} hh */
function personOf({ name, sex, age, phone, id_kind, id_no }, hh) {
  const said = { hh, name, sex, age, phone, id_no: id_kind === "cn_id" ? id_no : undefined }
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}

/** Day 0 is the day they left there, or, where that is not known, the day they arrived. @param {Record<string, any>} answers @param {{ person: string, hh: string, returnee: string }} refs */
function isolationFields({ measure, origin, wuhan_link, contact_case, left_origin_at, arrived_at }, refs) {
  const reason = contact_case === "yes" ? "close_contact" : wuhan_link !== "none" ? "wuhan" : REASONS[origin] || "other_area"
  return {
    ...refs,
    kind: measure,
    reason,
    count_from_kind: left_origin_at ? "left_origin" : "arrived",
    count_from: left_origin_at || arrived_at,
    days: ruleOn(rules(), measure, today())?.days || DAYS,
    state: "isolating",
    registered_on: today(),
  }
}

/** @param {string} id of the returnee */
async function isolationOf(id) {
  const mine = (await all()).find(({ kind, fields }) => kind === "isolation_case" && fields.returnee === id)
  const found = mine || roster.recordsOf("isolation_case").find(({ fields }) => fields.returnee === id)
  return /** @type {{ fields: Record<string, any> } | undefined} */ (found)
}
