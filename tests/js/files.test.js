// What two files become when they are merged into one.

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { compared, ordered } from "../../fieldapp/static/js/files/merging.js"

const forms = JSON.parse(readFileSync(new URL("../contract/forms.json", import.meta.url)))
const fields = forms.household.fields
const door = { hh_no: "001", walk_no: 1, address_text: "1组1号", head_name: "王德发", no_phone: false, head_phone: "13900000001", occupied: "resident" }

test("of two files the one that the township knows remains, then the one with more recorded", () => {
  const file = (record, version, weight) => ({ record, version, weight })
  const remains = (one, other) => ordered(one, other)[0].record

  assert.equal(remains(file("a", null, 9), file("b", 7, 0)), "b")
  assert.equal(remains(file("a", 5, 1), file("b", 7, 3)), "b")
  assert.equal(remains(file("b", 5, 1), file("a", 7, 1)), "a")
  assert.equal(remains(file("a", 5, 1), file("b", 7, 1)), "a")
})

test("people choose between answers that differ; what one lacks comes along by itself", () => {
  const other = { ...door, hh_no: "002", walk_no: 2, head_name: "李桂兰", nickname: "老王家", heating: "kang" }

  const { same, differing, taken } = compared(fields, door, other)

  assert.deepEqual(same, ["address_text", "head_phone", "occupied"])
  assert.deepEqual(differing, ["head_name"])
  assert.deepEqual(taken, { nickname: "老王家", heating: "kang" })
})

test("care tags of both count, with their basis and the day to look again", () => {
  const tags = { care_tags: ["alone"], tag_source: "visit", tag_until: "2027-01-01" }

  assert.deepEqual(compared(fields, door, { ...door, ...tags }).taken, tags)
  const more = compared(fields, { ...door, ...tags }, { ...door, ...tags, care_tags: ["ill", "alone"] })
  assert.deepEqual(more.taken, { care_tags: ["alone", "ill"] })
})

test("a telephone that comes along ends that there is none", () => {
  const without = { ...door, no_phone: true, head_phone: undefined }
  assert.deepEqual(compared(fields, without, door).taken, { head_phone: "13900000001", no_phone: false })
})

test("the mask of an ID number is never taken over as if it were a number", () => {
  const masked = { ...door, head_id: "999999********0018" }
  assert.deepEqual(compared(fields, door, masked).taken, {})
})
