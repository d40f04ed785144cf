// What the lists show: the town's records, with what this phone recorded laid over them.

import assert from "node:assert/strict"
import { test } from "node:test"

import { Book, isSettled } from "../../fieldapp/static/js/store/book.js"

const grid = "210882103001"
const household = (id, fields = {}, version = 1) => ({ kind: "household", record: id, version, grid, fields })
const person = (id, hh, name) => ({ kind: "person", record: id, version: 1, grid, fields: { hh, name } })
const visit = (id, hh, occurred_at) => ({ kind: "visit", record: id, version: 1, grid, fields: { hh, occurred_at } })
const change = (kind, record, fields, more = {}) => ({
  id: `change of ${record}`, kind, record, fields, grid, base: null, state: "waiting", ...more,
})

function book(...records) {
  const made = new Book()
  made.put(records)
  return made
}

const ids = (households) => households.map(({ id }) => id)

test("doors come in walking order, then by their number", () => {
  const { households } = { households: book(
    household("d", { hh_no: "10" }), household("c", { hh_no: "9" }),
    household("b", { walk_no: 2 }), household("a", { walk_no: 1 }),
  ).households() }

  assert.deepEqual(ids(households), ["a", "b", "c", "d"])
})

test("a household shows its people, its visits newest first, its returnees and its cases", () => {
  const [home] = book(
    household("a"), person("p", "a", "王伟"),
    visit("v1", "a", "2026-11-20T10:00:00+08:00"), visit("v2", "a", "2026-11-22T10:00:00+08:00"),
    { kind: "returnee", record: "r", version: 1, grid, fields: { stay_at: "a" } },
    { kind: "isolation_case", record: "i", version: 1, grid, fields: { hh: "a" } },
  ).households()

  assert.deepEqual(home.people.map(({ record }) => record), ["p"])
  assert.deepEqual(home.visits.map(({ record }) => record), ["v2", "v1"])
  assert.deepEqual(home.returnees.map(({ record }) => record), ["r"])
  assert.deepEqual(home.cases.map(({ record }) => record), ["i"])
})

test("a visit that is still on the phone is the newest of its household, and says so", () => {
  const made = book(household("a"), visit("v1", "a", "2026-11-20T10:00:00+08:00"))

  made.lay(change("visit", "mine", { hh: "a", result: "normal" }))

  assert.deepEqual(made.household("a").visits.map(({ record, own }) => [record, own]), [["mine", "waiting"], ["v1", null]])
  made.lift(change("visit", "mine", {}))
  assert.equal(made.household("a").visits.length, 1)
})

test("corrections lie over the record in the order they were made", () => {
  const made = book(household("a", { nickname: "老王", head_name: "王伟" }))

  made.lay(change("household", "a", { nickname: "王大爷" }, { id: "1", base: 1 }))
  made.lay(change("household", "a", { nickname: "老槐树王家" }, { id: "2", base: 1 }))

  assert.deepEqual(made.household("a").fields, { nickname: "老槐树王家", head_name: "王伟" })
  assert.equal(made.version("household", "a"), 1)
})

test("a person who moves is found at the new door only", () => {
  const made = book(household("a"), household("b"), person("p", "a", "王伟"))
  made.households()

  made.put([{ ...person("p", "b", "王伟"), version: 2 }])

  assert.deepEqual(made.household("a").people, [])
  assert.equal(made.household("b").people.length, 1)
})

test("searching finds names, nicknames, doors and people, whatever their width or case", () => {
  const made = book(
    household("a", { head_name: "王伟", nickname: "老槐树", address_text: "虎庄村3组１２号" }),
    household("b", { head_name: "李敏" }), person("p", "b", "Anna 李"),
  )

  assert.deepEqual(ids(made.find("槐树")), ["a"])
  assert.deepEqual(ids(made.find("12号")), ["a"])
  assert.deepEqual(ids(made.find("ANNA")), ["b"])
  assert.deepEqual(ids(made.find("李 anna")), ["b"])
  assert.equal(made.find("").length, 2)
})

test("a reset replaces the roster and leaves what is laid over", () => {
  const made = book(household("a"), household("b"))
  made.lay(change("visit", "mine", { hh: "c" }))

  made.put([household("c")], { reset: true })

  assert.deepEqual(ids(made.households()), ["c"])
  assert.equal(made.household("c").visits.length, 1)
})

test("a record that left the member's grids is gone from the lists", () => {
  const made = book(household("a"), person("p", "a", "王伟"))

  made.put([{ ...household("a"), gone: true }, { ...person("p", "a", ""), gone: true }])

  assert.deepEqual([made.households(), made.record("person", "p")], [[], undefined])
})

test("a change is settled when it was answered and the record with it has arrived", () => {
  const settled = (state, base, sent) => isSettled(change("visit", "v", {}, { state, base }), sent)

  assert.equal(settled("waiting", null, { version: 1 }), false)
  assert.equal(settled("accepted", null, undefined), false)
  assert.equal(settled("accepted", null, { version: 1 }), true)
  assert.equal(settled("accepted", 3, { version: 3 }), false)
  assert.equal(settled("duplicate", 3, { version: 4 }), true)
})
