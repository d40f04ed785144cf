// The phone's half of tests/contract/plan_cases.json; tests/isolation/test_plan.py is the server's.

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { plannedEnd, slots, slotsDue } from "../../fieldapp/static/js/forms/plan.js"

const cases = JSON.parse(readFileSync(new URL("../contract/plan_cases.json", import.meta.url)))

for (const one of cases) {
  test(`a plan of home isolation: ${one.says}`, () => {
    const plan = slots(one.count_from, one.days, one.registered_on)

    assert.equal(plannedEnd(one.count_from, one.days), one.planned_end)
    assert.equal(slotsDue(one.count_from, one.days, one.registered_on), one.due)
    assert.equal(plan.filter((slot) => slot.before_registration).length, one.before_registration)
    assert.equal(plan.filter((slot) => !slot.before_registration).length, one.due)
  })
}

test("the days run from the day after day 0 to the last", () => {
  const plan = slots("2026-11-20", 14, "2026-11-21")

  assert.deepEqual(plan[0], { day_no: 1, day: "2026-11-21", part: "morning", before_registration: true })
  assert.deepEqual(plan[27], { day_no: 14, day: "2026-12-04", part: "evening", before_registration: false })
})
