// The phone's half of the shared cases; tests/forms/test_cases.py runs the server's.

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { asks, check } from "../../fieldapp/static/js/forms/check.js"

const read = (name) => JSON.parse(readFileSync(new URL(`../contract/${name}`, import.meta.url)))
const forms = read("forms.json")
const { now, records, cases } = read("form_cases.json")

for (const one of cases) {
  test(`the phone says, ${one.kind}: ${one.says}`, () => {
    const how = { now: new Date(one.now ?? now), whole: one.whole ?? true }

    const errors = check(forms[one.kind], given(one), how)

    assert.deepEqual(errors, one.errors)
  })
}

test("a field is asked when an answer asks for it", () => {
  const symptoms = forms.visit.fields.find((field) => field.key === "symptoms")

  assert.equal(asks(symptoms, { asked_q2: true }), true)
  assert.equal(asks(symptoms, { asked_q2: false }), false)
  assert.equal(asks(symptoms, {}), false)
  assert.equal(asks(forms.visit.fields[0], {}), true)
})

test("a definition from last week still knows what today is", () => {
  const nextMonth = { now: new Date("2026-12-23T08:00:00+08:00"), whole: true }

  assert.deepEqual(check(forms.visit, { ...records.visit, next_visit: "2026-12-23" }, nextMonth), {})
  assert.deepEqual(check(forms.visit, { ...records.visit, next_visit: "2026-12-22" }, nextMonth), {
    next_visit: ["in_past"],
  })
})

test("a hostile run of spaces takes no time", () => {
  const remark = `x${" ".repeat(1_000_000)}x`
  const began = performance.now()

  const errors = check(forms.visit, { remark }, { now: new Date(now), whole: false })

  assert.deepEqual(errors, { remark: ["too_long"] })
  assert.ok(performance.now() - began < 1000)
})

function given({ kind, fields = records[kind], without = [], but = {} }) {
  if (typeof fields !== "object" || !fields || Array.isArray(fields)) return fields
  const kept = Object.entries(fields).filter(([key]) => !without.includes(key))
  // Not `{...kept, ...but}`: some cases have a key of "__proto__".
  return Object.fromEntries(
    [...kept, ...Object.entries(but)].map(([key, value]) => [key, unpacked(value)]),
  )
}

function unpacked(value) {
  if (value?.$repeat) return value.$repeat[0].repeat(value.$repeat[1])
  if (value?.$list) return Array(value.$list[1]).fill(value.$list[0])
  return value
}
