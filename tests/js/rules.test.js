// The phone's half of tests/contract/rule_cases.json; tests/isolation/test_rules.py is the server's.

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import * as rules from "../../fieldapp/static/js/round/rules.js"

const table = JSON.parse(readFileSync(new URL("../contract/rule_cases.json", import.meta.url), "utf-8"))
const ms = (iso) => (iso === null ? null : Date.parse(iso))
const rulesOf = (one) => table.rules[one.rules]

/** @type {Record<string, (one: any) => void>} */
const HOLD = {
  rule_on(one) {
    assert.equal(rules.ruleOn(rulesOf(one), one.kind, one.day)?.valid_from ?? null, one.valid_from)
  },
  slot_state(one) {
    const rule = rules.ruleOn(rulesOf(one), "home_isolation", one.day)
    const known = { done: one.done, registered_at: one.registered_at, phone_heard_at: ms(one.phone_heard_at) }
    assert.equal(rules.slotState(rule, one.day, one.slot, ms(one.now), known), one.state)
  },
  alert_of(one) {
    const rule = rules.ruleOn(rulesOf(one), "home_isolation", one.check.date)
    assert.equal(rules.alertOf(rule, one.check), one.level)
    assert.equal(rules.isOpenAlert(rule, one.check), one.open)
  },
  open_alert(one) {
    const found = rules.openAlert(rulesOf(one), one.kind, one.checks.map((fields) => ({ fields })))
    assert.deepEqual(found ? [found.fields.date, found.fields.slot] : null, one.at)
  },
  releasable(one) {
    assert.equal(rules.releasable(one.case, ms(one.now), one.alert), one.releasable)
  },
  completeness(one) {
    const found = rules.completeness(rulesOf(one), one.case, one.registered_at, one.checks)
    assert.deepEqual(found, { done: one.done, due: one.due })
  },
  ends_at(one) {
    assert.equal(rules.endsAt(one.case), ms(one.at))
  },
}

for (const [name, hold] of Object.entries(HOLD)) {
  for (const one of table[name]) test(`${name}: ${one.says}`, () => hold(one))
}

test("the same reading is counted as often as it stands in a row, newest first", () => {
  const check = (temp, more = {}) => ({ fields: { temp_status: "measured", temp, ...more } })
  const not_measured = { fields: { temp_status: "no_answer" } }
  const withdrawn = check("36.9", { voided: true })

  assert.equal(rules.sameInARow([]), 0)
  assert.equal(rules.sameInARow([check("36.5"), check("36.4"), check("36.5")]), 1)
  assert.equal(rules.sameInARow([check("36.5"), not_measured, withdrawn, check("36.5"), check("36.6")]), 2)
})

test("every part of the table is held", () => {
  assert.deepEqual(Object.keys(HOLD).sort(), Object.keys(table).filter((name) => name !== "rules").sort())
})
