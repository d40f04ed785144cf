// Who may be in the files already, in the ways in which Chinese names are written twice.

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { ASK_FROM, likely, sameHousehold, samePerson } from "../../fieldapp/static/js/files/likeness.js"
import { alike, soundsOf } from "../../fieldapp/static/js/files/sounds.js"

const table = readFileSync(new URL("../../fieldapp/static/vendor/pinyin.txt", import.meta.url), "utf8")
const sounds = soundsOf(table)
const how = { sounds, year: 2026 }
const asked = (one, other) => samePerson(one, other, how).points >= ASK_FROM
const reasons = (one, other) => samePerson(one, other, how).reasons

test("a character has its sound, a surname its own", () => {
  assert.deepEqual(sounds("王"), ["wang"])
  assert.ok(sounds("单").includes("shan"))
  assert.ok(sounds("曾").includes("zeng"))
  assert.deepEqual(sounds("A"), ["A"])
})

test("names sound alike by each of their characters, in order", () => {
  assert.equal(alike("王小明", "汪晓鸣", sounds), "same")
  assert.equal(alike("张林", "章琳", sounds), "same")
  assert.equal(alike("张林", "臧玲", sounds), "near")
  assert.equal(alike("王小明", "王明小", sounds), "")
  assert.equal(alike("王小明", "王明", sounds), "")
  assert.equal(alike("", "", sounds), "")
})

test("the same three characters are asked about, also without an age", () => {
  assert.ok(asked({ name: "王秀英" }, { name: "王秀英" }))
  assert.deepEqual(reasons({ name: "王秀英" }, { name: "王秀英" }), ["same_name"])
})

test("two characters are asked about only when something else agrees", () => {
  assert.ok(!asked({ name: "王伟" }, { name: "王伟" }))
  assert.ok(asked({ name: "王伟", age: 30 }, { name: "王伟", birth_year: 1996 }))
  assert.ok(asked({ name: "王伟", hh: "a" }, { name: "王伟", hh: "a" }))
})

test("other two-character names of the same age are no match", () => {
  assert.ok(!asked({ name: "王伟", age: 30, sex: "1" }, { name: "王强", age: 30, sex: "1" }))
  assert.ok(!asked({ name: "李伟", age: 30, sex: "1" }, { name: "王伟", age: 30, sex: "1" }))
})

test("a homophone is asked about with the same age, and says why", () => {
  assert.ok(asked({ name: "李桂兰", age: 70 }, { name: "李贵兰", age: 70 }))
  assert.deepEqual(reasons({ name: "李桂兰", age: 70 }, { name: "李贵兰", age: 69 }), ["same_sound", "age"])
  assert.ok(!asked({ name: "李桂兰" }, { name: "李贵兰" }))
})

test("sisters whose names differ in a sound are no match, in one household neither", () => {
  const one = { name: "李秀英", hh: "a", sex: "2", age: 60 }
  assert.ok(!asked(one, { ...one, name: "李秀莲", age: 61 }))
})

test("the nickname finds whoever is known by it", () => {
  assert.ok(asked({ name: "二嫂", hh: "a" }, { name: "李桂兰", nickname: "二嫂", hh: "a" }))
  assert.ok(asked({ name: "李桂兰", nickname: "二嫂", hh: "a" }, { name: "李贵", nickname: "二嫂", hh: "a" }))
})

test("the last four of an ID number count through the mask, for and against", () => {
  const known = { name: "王小明", id_no: "999999********0018" }
  assert.ok(asked({ name: "王晓明", id_no: "999999195001010018" }, known))
  assert.ok(!asked({ name: "王小明", id_no: "999999198012310036" }, known))
  assert.ok(asked({ name: "王大宝", hh: "a", id_no: "999999195001010018" }, { ...known, hh: "a" }))
})

test("father and son of one name are told apart by their age, man and wife by their sex", () => {
  assert.ok(!asked({ name: "王德发", age: 70, hh: "a" }, { name: "王德发", age: 40, hh: "a" }))
  assert.ok(!asked({ name: "李桂兰", sex: "1" }, { name: "李桂兰", sex: "2" }))
})

test("a household is found by its door, by its head's name, or by telephone and sound", () => {
  const known = { head_name: "王德发", address_text: "1组17号", head_phone: "13900000001" }
  const like = (fields) => sameHousehold(fields, known, { sounds }).points >= ASK_FROM
  assert.ok(like({ head_name: "李桂兰", address_text: "1组 17号" }))
  assert.ok(like({ head_name: "王德发", address_text: "村东头" }))
  assert.ok(like({ head_name: "汪德法", address_text: "村东头", head_phone: "139 0000 0001" }))
  assert.ok(!like({ head_name: "汪德法", address_text: "1组18号" }))
})

test("the likeliest come first, and never more than three", () => {
  const files = ["王秀英", "王秀莹", "李四", "王秀英", "王秀英"].map((name, at) => ({ record: String(at), fields: { name, age: 60 + at } }))

  const found = likely({ name: "王秀英", age: 63 }, files, (one, other) => samePerson(one, other, how))

  assert.equal(found.length, 3)
  assert.deepEqual(found.slice(0, 2).map(({ record }) => record).sort(), ["3", "4"])
})

test("a thousand files are looked through within a frame or two", () => {
  const files = Array.from({ length: 1000 }, (_, at) => ({ record: String(at), fields: { name: `王${"明华强伟军平东辉"[at % 8]}${"一二三四五六七八九"[at % 9]}`, age: at % 90 } }))
  const began = performance.now()
  likely({ name: "王明三", age: 40 }, files, (one, other) => samePerson(one, other, how))
  assert.ok(performance.now() - began < 50)
})
