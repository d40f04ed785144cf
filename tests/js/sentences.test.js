// The phone's half of tests/contract/sentence_cases.json; tests/forms/test_sentences.py is the server's.

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { sentence, spoken } from "../../fieldapp/static/js/forms/sentences.js"

const read = (name) => JSON.parse(readFileSync(new URL(`../contract/${name}`, import.meta.url)))
const forms = read("forms.json")
const messages = read("messages.json")
const how = { messages, language: "en", now: new Date("2026-11-23T08:00:00+08:00") }

for (const { kind, key, code, en } of read("sentence_cases.json")) {
  test(`the phone says of ${kind}.${key} ${code}: ${en}`, () => {
    assert.equal(sentence(forms[kind], key, code, how), en)
  })
}

test("a bound is said as of today, also with a definition from last week", () => {
  const later = { ...how, now: new Date("2026-11-30T08:00:00+08:00") }

  const said = sentence(forms.visit, "next_visit", "too_high", later)

  assert.equal(said, "The latest possible day is 2027-12-01. Please check the date.")
})

test("answers are read out in words", () => {
  const field = (key) => forms.visit.fields.find((one) => one.key === key)

  assert.equal(spoken(field("result"), "nobody_home", how), "Nobody home")
  assert.equal(spoken(field("symptoms"), ["fever", "cough"], how), "Fever, Dry cough")
  assert.equal(spoken(field("asked_q1"), true, how), "Yes")
  assert.equal(spoken(field("asked_q1"), false, how), "No")
  assert.equal(spoken(field("remark"), "all well", how), "all well")
  assert.equal(spoken(field("mode"), "a_mode_from_the_future", how), "a_mode_from_the_future")
  assert.equal(spoken(field("mode"), null, how), "")
  assert.equal(spoken(field("mode"), undefined, how), "")
})
