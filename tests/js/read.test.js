// What people type, and what is made of it before it is checked and sent.

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { check } from "../../fieldapp/static/js/forms/check.js"
import { changed, read, readForm } from "../../fieldapp/static/js/forms/read.js"

const file = new URL("../contract/forms.json", import.meta.url)
const forms = JSON.parse(readFileSync(file))
const field = (kind, key) => forms[kind].fields.find((one) => one.key === key)

/** @type {[string, string, unknown, unknown][]} kind, key, typed, read */
const readings = [
  ["visit", "temp", "36.5", "36.5"],
  ["visit", "temp", "365", "36.5"],
  ["visit", "temp", "36", "36.0"],
  ["visit", "temp", "４０", "40.0"],
  ["visit", "temp", "３６．５", "36.5"],
  ["visit", "temp", "36。5", "36.5"],
  ["visit", "temp", "36,5", "36.5"],
  ["visit", "temp", " 36.5 ℃", "36.5"],
  ["visit", "temp", "36.5度", "36.5"],
  ["visit", "temp", "431", "43.1"],
  ["visit", "temp", "339", "33.9"],
  ["visit", "temp", "36.55", "36.55"],
  ["visit", "temp", "3655", "365.5"],
  ["visit", "temp", "warm", "warm"],
  ["visit", "temp", "", null],
  ["visit", "temp", "  ", null],
  ["visit", "temp", undefined, null],
  ["sample", "reading", "-1.5", "-1.5"],
  ["returnee", "age", "30", 30],
  ["returnee", "age", "３０", 30],
  ["returnee", "age", " 30 ", 30],
  ["returnee", "age", "0", 0],
  ["returnee", "age", "-1", -1],
  ["returnee", "age", "thirty", "thirty"],
  ["returnee", "age", "30.5", "30.5"],
  ["returnee", "age", "9".repeat(40), "9".repeat(40)],
  ["returnee", "id_no", "99999919500101001８", "999999195001010018"],
  ["returnee", "id_no", " 999999 19500101 0018 ", "999999195001010018"],
  ["returnee", "id_no", "11010519491231002x", "11010519491231002X"],
  ["returnee", "id_no", "１１０１０５１９４９１２３１００２ｘ", "11010519491231002X"],
  ["returnee", "phone", "139 0000 0001", "13900000001"],
  ["returnee", "phone", "139-0000-0001", "13900000001"],
  ["returnee", "phone", "+86 139 0000 0001", "13900000001"],
  ["returnee", "phone", "１３９０００００００１", "13900000001"],
  ["returnee", "phone", "86-13900000001", "13900000001"],
  ["returnee", "phone", "0417-1234567", "0417-1234567"],
  ["returnee", "phone", "0417－1234567", "0417-1234567"],
  ["returnee", "name", "  王　小明 ", "王 小明"],
  ["returnee", "name", "阿卜杜拉•买买提", "阿卜杜拉·买买提"],
  ["returnee", "name", "阿卜杜拉・买买提", "阿卜杜拉·买买提"],
  ["visit", "remark", "一\r\n二\r三", "一\n二\n三"],
  ["visit", "remark", "  好  ", "好"],
  ["visit", "needs_text", "一\r\n二\t三", "一 二 三"],
  ["visit", "next_visit", "2026-11-24", "2026-11-24"],
  ["visit", "next_visit", "2026/11/4", "2026-11-04"],
  ["visit", "next_visit", "2026.1.24", "2026-01-24"],
  ["visit", "next_visit", "20261124", "2026-11-24"],
  ["visit", "next_visit", "2026年11月4日", "2026-11-04"],
  ["visit", "next_visit", "２０２６－１１－２４", "2026-11-24"],
  ["visit", "next_visit", "tomorrow", "tomorrow"],
  ["visit", "occurred_at", "2026-11-23T08:00", "2026-11-23T08:00:00+08:00"],
  ["visit", "occurred_at", "2026-11-23T08:00:30", "2026-11-23T08:00:30+08:00"],
  ["visit", "occurred_at", "2026-11-23T00:00:00Z", "2026-11-23T00:00:00Z"],
  ["visit", "asked_q1", "true", true],
  ["visit", "asked_q1", "false", false],
  ["visit", "asked_q1", "perhaps", "perhaps"],
  ["visit", "mode", "phone", "phone"],
  ["visit", "hh", "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000001"],
  ["visit", "symptoms", ["fever", "cough"], ["fever", "cough"]],
  ["visit", "symptoms", "fever", ["fever"]],
  ["visit", "symptoms", [], null],
  ["sample", "pictures", "ab", ["ab"]],
  ["visit", "mode", ["phone"], "phone"],
]

for (const [kind, key, typed, value] of readings) {
  test(`${JSON.stringify(typed)} typed at ${key} is read as ${JSON.stringify(value)}`, () => {
    assert.deepEqual(read(field(kind, key), typed), value)
  })
}

const typedVisit = {
  hh: "00000000-0000-4000-8000-000000000001",
  mode: "indoors",
  result: "normal",
  asked_q1: "false",
  asked_q2: "false",
  symptoms: ["fever"],
  temp: "",
  remark: " ",
}

test("of a form only what is asked and answered is kept", () => {
  const answers = readForm(forms.visit, typedVisit)

  assert.deepEqual(Object.keys(answers), ["hh", "mode", "result", "asked_q1", "asked_q2"])
  assert.deepEqual(check(forms.visit, answers, { now: new Date(), whole: true }), {})
})

test("an answer that an answer further up asks for is kept", () => {
  const answers = readForm(forms.visit, { ...typedVisit, result: "unwell", asked_q2: "true" })

  assert.deepEqual(answers.symptoms, ["fever"])
})

test("a correction holds what differs, and null for what was taken away", () => {
  const before = { mode: "indoors", symptoms: ["fever"], remark: "x", asked_q2: true }
  const after = { mode: "indoors", symptoms: ["fever", "cough"], asked_q2: true, publicity: true }

  assert.deepEqual(changed(forms.visit, before, after), {
    symptoms: ["fever", "cough"],
    publicity: true,
    remark: null,
  })
})

test("what cannot be read is kept as typed, so that it can be refused in words", () => {
  const answers = readForm(forms.visit, { ...typedVisit, next_visit: "tomorrow" })
  const errors = check(forms.visit, answers, { now: new Date(), whole: true })

  assert.deepEqual(errors, { next_visit: ["not_a_date"] })
})
