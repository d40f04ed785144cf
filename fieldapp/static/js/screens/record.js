// #/record/<id> : what was recorded, what became of it, and 24 hours to put it right.

import { asks } from "../forms/check.js"
import { uuid } from "../store/open.js"
import { chain, keep, mayCorrect, retry } from "../store/outbox.js"
import * as roster from "../store/roster.js"
import { saved } from "./frame.js"
import { kinds } from "./kinds.js"
import { forms, on, one, place, say, sayFault, view } from "./view.js"
import { answer, byTown, field, labelOf, moment, plateOf, titleOf, whereabouts } from "./words.js"

/** @typedef {import("../store/outbox.js").Entry} Entry */

const KINDS = ["visit", "returnee", "isolation_case", "health_check", "person", "household"]
const UNTOLD = ["case", "hh", "stay_at", "visit", "person", "returnee", "voided"]

/** @param {string} id @returns {Promise<import("./view.js").Screen>} */
export async function draw(id) {
  const entries = await chain(id)
  const record = recordOf(id, entries)
  if (!record) return { part: view("gone"), refresh: "again" }
  const last = entries[entries.length - 1]
  const home = roster.household(record.fields.hh || record.fields.stay_at)
  const open = isOpen(entries, record)
  const { words, icon, tone, reason } = last ? whereabouts(last) : { words: say("With the township"), icon: "town", tone: "fine", reason: "" }
  const part = view("record", {
    id,
    plate: home ? plateOf(home.fields) : last?.label?.where,
    title: [home?.fields.head_name || last?.label?.who, titleOf(record)].filter(Boolean).join(" · "),
    when: moment(String(record.fields.occurred_at || entries[0]?.made_at || "")),
    words, icon, tone, reason,
    state: last?.state || "accepted",
    voided: record.fields.voided,
    open,
    closed: entries.length && !open && !record.fields.voided,
    retry: entries.some(({ state }) => state === "problem"),
    history: entries.length > 1,
    household: home?.id,
  })
  one(part, '[data-action="correct"]').hidden = !forms[record.kind] || !kinds[record.kind]?.title
  place(part, "fields", facts(record))
  place(part, "history", entries.map(event))
  on(part, "retry", () => Promise.all(entries.map((entry) => retry(entry.id))))
  listen(part, record, { who: String(home?.fields.head_name || last?.label?.who || ""), where: home ? plateOf(home.fields) : last?.label?.where || "" })
  return { part, refresh: "again" }
}

/** @typedef {{ kind: string, record: string, grid: string, fields: Record<string, any> }} Shown */

/** As the roster has it, or as this phone said it. @param {string} id @param {Entry[]} entries @returns {Shown | undefined} */
export function recordOf(id, entries) {
  for (const kind of KINDS) {
    const row = roster.record(kind, id)
    if (row) return row
  }
  const first = entries[0]
  return first && { kind: first.kind, record: id, grid: first.grid, fields: Object.assign({}, ...entries.map(({ fields }) => fields)) }
}

/** My own, and less than 24 hours old. @param {Entry[]} entries @param {Shown} record */
function isOpen(entries, { fields }) {
  const first = entries[0]
  return first !== undefined && mayCorrect(first) && !fields.voided
}

/** "I pressed by mistake": a change like any other, asked for once more in the page. @param {DocumentFragment} part @param {Shown} record @param {{ who: string, where: string }} label */
function listen(part, { kind, record, grid }, label) {
  const sure = one(part, '[data-slot="sure"]')
  const id = uuid()
  on(part, "withdraw", (button) => {
    button.hidden = true
    sure.hidden = false
    one(sure, "button").focus()
  })
  on(part, "withdraw-yes", async (button) => {
    button.disabled = true
    try {
      const entry = await keep({ id, kind, record, base: roster.version(kind, record), form: forms[kind]?.version ?? 1, grid, fields: { voided: true }, label })
      saved([entry], say("Saved on this phone: withdrawn"))
    } catch (fault) {
      button.disabled = false
      sayFault(one(document, "#main"), fault)
    }
  })
}

/** @param {Shown} record */
function facts({ kind, fields }) {
  const known = forms[kind]?.fields.map((/** @type {{ key: string }} */ { key }) => key) || Object.keys(fields)
  return known
    .filter((/** @type {string} */ key) => isSaid(fields[key]) && !UNTOLD.includes(key) && wasAsked(kind, key, fields))
    .map((/** @type {string} */ key) => view("fact", { name: labelOf(kind, key), value: answer(kind, key, fields[key]) }))
}

/** Of an empty house nothing is asked, whatever the phone sends along. @param {string} kind @param {string} key @param {Record<string, any>} fields */
function wasAsked(kind, key, fields) {
  const question = field(kind, key)
  return !question || asks(question, fields)
}

/** @param {unknown} value */
function isSaid(value) {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && !value.length)
}

/** @param {Entry} entry @param {number} at */
function event(entry, at) {
  const { fields, kind, made_at } = entry
  const changed = Object.entries(fields).map(([key, value]) => say("{question}: {words}", { question: labelOf(kind, key), words: answer(kind, key, value) }))
  const what = fields.voided ? say("Withdrawn") : at ? say("Put right: {what}", { what: changed.join(say(", ")) }) : say("Recorded")
  return view("event", { what: say("{when}: {what}", { when: moment(byTown(made_at)), what }), ...whereabouts(entry) })
}
