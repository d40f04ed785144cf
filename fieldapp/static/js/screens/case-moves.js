// The two ends of a hand-over: one grid lets a case go, the other says that the person is there.

import { gridName, personOf, registered } from "../round/cases.js"
import { completeness, ruleOn, windowOf } from "../round/rules.js"
import { madeIn } from "../round/today.js"
import { addDays } from "../forms/days.js"
import { present, uuid } from "../store/open.js"
import { keepAll } from "../store/outbox.js"
import * as roster from "../store/roster.js"
import { now, today } from "../sync/clock.js"
import { doorRow, list } from "./rows.js"
import { saved } from "./frame.js"
import { forms, on, one, place, say, sayFault, view, wayOn } from "./view.js"
import { plateOf } from "./words.js"

/** @typedef {import("../store/book.js").Row} Row */
/** @typedef {import("../round/cases.js").Duty} Duty */

/** @param {DocumentFragment} part @param {Row} isolation @param {Duty} known @param {Row[]} checks */
export function moves(part, isolation, known, checks) {
  on(part, "arrived", (button) => (isolation.fields.hh && roster.household(isolation.fields.hh) ? arrive(isolation, isolation.fields.hh) : askDoor(button, isolation)))
  const grids = known.grids.filter(({ code }) => code !== isolation.grid)
  const moving = one(part, '[data-slot="moving"]')
  moving.hidden = moving.hidden || !grids.length
  let target = ""
  place(part, "grids", grids.map(({ code, name }) => {
    const row = view("pick", { code, words: name })
    one(row, "button").addEventListener("click", (event) => {
      target = code
      ask(moving, /** @type {HTMLElement} */ (event.currentTarget), personOf(isolation).name, name)
    })
    return row
  }))
  on(part, "move-yes", () => handOver(isolation, known, target, checks))
}

/** @param {HTMLElement} moving @param {HTMLElement} button @param {string} name @param {string} grid */
function ask(moving, button, name, grid) {
  for (const other of moving.querySelectorAll("[data-code]")) other.setAttribute("aria-pressed", String(other === button))
  one(moving, '[data-slot="sure-words"]').textContent = say("Hand {name} over to {grid}?", { name, grid })
  const sure = one(moving, '[data-slot="sure"]')
  sure.hidden = false
  one(sure, "button").focus()
}

/** The case goes, with the person and the registration it belongs to. @param {Row} isolation @param {Duty} known @param {string} grid @param {Row[]} checks */
async function handOver(isolation, known, grid, checks) {
  const { done } = completeness(known.rules, isolation.fields, registered(isolation), checks.map(({ fields }) => fields))
  const fields = { state: "waiting", handed_from: isolation.grid, carried_slots: done, ...nextCheck(isolation, known, checks) }
  await keep(isolation, { grid, case: fields, person: {}, returnee: {} }, say("Handed over to {grid}", { grid: gridName(known, grid) }))
}

/** The first check that the other grid has to make. @param {Row} isolation @param {Duty} known @param {Row[]} checks */
function nextCheck({ fields }, { rules }, checks) {
  const days = [today(), addDays(today(), 1)]
  const places = days.flatMap((day) => {
    const rule = ruleOn(rules, fields.kind, day)
    return (rule?.slots || []).map(({ slot }) => ({ day, slot, until: rule && windowOf(rule, day, slot)?.to }))
  })
  const next = places.find(({ day, slot, until }) => (until || 0) > now() && !madeIn(checks, day, slot))
  return next ? { handed_on: next.day, handed_slot: next.slot } : { handed_on: today(), handed_slot: "evening" }
}

/** Where the person lives now: any door of this phone, found while typing. @param {HTMLElement} button @param {Row} isolation */
function askDoor(button, isolation) {
  const asked = view("arrival-door")
  const search = /** @type {HTMLInputElement} */ (one(asked, "#arrival-door"))
  const box = one(document, "#main")
  button.closest(".note")?.after(asked)
  button.hidden = true
  const rows = () => list(box, "door-rows", search.value.trim() ? roster.find(search.value) : roster.households(), (household) => {
    const row = doorRow(household)
    one(row, "a").addEventListener("click", (event) => {
      event.preventDefault()
      arrive(isolation, household.id)
    })
    return row
  })
  search.addEventListener("input", rows)
  rows()
  search.focus()
}

/** @param {Row} isolation @param {string} hh */
async function arrive(isolation, hh) {
  const { grid } = isolation
  await keep(isolation, { grid, case: { state: "isolating", hh }, person: { hh }, returnee: { stay_at: hh } }, say("Arrival confirmed"))
}

/** Case, person and registration in one; what is not on this phone is left as it is. @param {Row} isolation @param {{ grid: string, case: Record<string, unknown>, person: Record<string, unknown>, returnee: Record<string, unknown> }} to @param {string} words */
async function keep(isolation, to, words) {
  const home = roster.household(isolation.fields.hh)
  const label = { who: personOf(isolation).name, where: home ? plateOf(home.fields) : "·" }
  const rows = /** @type {{ row: Row | undefined, fields: Record<string, unknown> }[]} */ ([
    { row: isolation, fields: to.case },
    { row: roster.record("person", isolation.fields.person), fields: to.person },
    { row: isolation.fields.returnee && roster.record("returnee", isolation.fields.returnee), fields: to.returnee },
  ])
  const changes = rows.flatMap(({ row, fields }) => row ? [{ id: uuid(), kind: row.kind, record: row.record, base: roster.version(row.kind, row.record), form: forms[row.kind].version, grid: to.grid, fields, label }] : [])
  const go = wayOn()
  try {
    const entries = await keepAll(changes)
    if (to.grid !== isolation.grid && !serves(to.grid)) go("#/")
    saved(entries, say("Saved on this phone: {name}, {what}", { name: label.who, what: words }))
  } catch (fault) {
    sayFault(one(document, "#main"), fault)
  }
}

/** @param {string} grid */
function serves(grid) {
  return present()?.member.duties.some((duty) => duty.grid === grid)
}
