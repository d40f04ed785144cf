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

const isolation = (id, more) => ({ kind: "isolation_case", record: id, version: 1, grid, fields: { state: "isolating", ...more } })
const check = (id, of, occurred_at) => ({ kind: "health_check", record: id, version: 1, grid, fields: { case: of, slot: "morning", occurred_at } })

test("a case has its checks, newest first, and the person it is about; the person has the case", () => {
  const made = book(
    household("a"), person("p", "a", "王伟"), isolation("i", { person: "p", hh: "a" }),
    check("k1", "i", "2026-11-21T08:00:00+08:00"), check("k2", "i", "2026-11-22T08:00:00+08:00"),
  )

  const [home] = made.households()
  const [here] = home.cases

  assert.deepEqual(here.checks.map(({ record }) => record), ["k2", "k1"])
  assert.equal(here.who.fields.name, "王伟")
  assert.deepEqual(home.people[0].cases.map(({ record }) => record), ["i"])
  assert.deepEqual(made.cases().map(({ record }) => record), ["i"])
})

test("a check that is still on the phone stands with its case wherever the case is shown", () => {
  const made = book(household("a"), person("p", "a", "王伟"), isolation("i", { person: "p", hh: "a" }))
  made.households()
  made.cases()

  made.lay(change("health_check", "mine", { case: "i", slot: "evening", occurred_at: "2026-11-22T18:00:00+08:00" }))

  const [home] = made.households()
  assert.deepEqual(home.cases[0].checks.map(({ own }) => own), ["waiting"])
  assert.deepEqual(home.people[0].cases[0].checks.map(({ record }) => record), ["mine"])
  made.lift(change("health_check", "mine", {}))
  assert.deepEqual(made.case("i").checks, [])
})

test("somebody handed over to me is a case here before their door is known", () => {
  const made = book(isolation("i", { person: "p", hh: "far away", state: "waiting" }))

  assert.deepEqual(made.households(), [])
  assert.deepEqual(made.cases().map(({ record, who }) => [record, who]), [["i", undefined]])
})

test("a merged household is shown as the one that remains, with all that was recorded there", () => {
  const made = book(
    household("a"), household("b", { nickname: "老王" }), person("p", "b", "王伟"),
    visit("v", "b", "2026-11-22T10:00:00+08:00"), isolation("i", { person: "p", hh: "b" }),
  )
  assert.equal(made.households().length, 2)

  made.lay(change("household", "b", { merged_into: "a", voided: true }))

  assert.deepEqual(ids(made.households()), ["a"])
  const home = made.household("b")
  assert.equal(home.id, "a")
  assert.deepEqual([home.people, home.visits, home.cases].map((all) => all.map(({ record }) => record)), [["p"], ["v"], ["i"]])
  assert.deepEqual(made.find("王伟").map(({ id }) => id), ["a"])
  assert.equal(made.record("household", "b").fields.nickname, "老王", "the file itself can still be read")

  made.lay(change("visit", "later", { hh: "b", occurred_at: "2026-11-23T10:00:00+08:00" }))
  assert.deepEqual(made.household("a").visits.map(({ record }) => record), ["later", "v"])
  assert.deepEqual(made.size(), { households: 1, people: 1 })
})

test("a person entered twice is shown once, and the case stays with the one that remains", () => {
  const made = book(
    household("a"), household("b"), person("p", "a", "王伟"), person("q", "b", "王玮"), isolation("i", { person: "q", hh: "b" }),
  )
  made.cases()

  made.put([{ ...person("q", "b", "王玮"), version: 2, fields: { hh: "b", name: "王玮", merged_into: "p", voided: true } }])

  assert.deepEqual(made.household("b").people, [])
  assert.deepEqual(made.household("a").people.map(({ record, cases }) => [record, cases.length]), [["p", 1]])
  assert.equal(made.case("i").who.record, "p")
  assert.equal(made.survivor("person", "q").record, "p")
})

test("records merged into each other are shown nowhere twice and hang nothing up", () => {
  const made = book(household("a", { merged_into: "b" }), household("b", { merged_into: "a" }))

  assert.deepEqual(made.households(), [])
  assert.ok(made.household("a"))
})

test("a household and its people are there from the moment they were entered, without a network", () => {
  const made = book(household("a"))
  made.households()

  made.lay(change("household", "new", { hh_no: "7", head_name: "周家" }))
  made.lay(change("person", "p", { hh: "new", name: "周明" }))

  const home = made.household("new")
  assert.equal(home.version, null)
  assert.deepEqual(home.people.map(({ fields }) => fields.name), ["周明"])
  assert.deepEqual(made.find("周明").map(({ id }) => id), ["new"])
})

test("somebody who moved within the grid leaves the old door", () => {
  const made = book(household("a"), household("b"), person("p", "a", "王伟"))
  made.households()

  made.lay(change("person", "p", { hh: "b" }))

  assert.deepEqual([made.household("a").people.length, made.household("b").people.length], [0, 1])
})

test("a list of doors works out nobody's people: that is what a start waits for", () => {
  let looked = 0
  const people = ["p", "q"].map((id) => ({
    kind: "person", record: id, version: 1, grid,
    get fields() {
      looked += 1
      return { hh: "a", name: id }
    },
  }))
  const made = book(household("a"), ...people, visit("v", "a", "2026-11-22T10:00:00+08:00"))

  const [home] = made.households()
  assert.equal(home.visits.length, 1)
  assert.equal(looked, 0)

  assert.equal(home.people.length, 2)
  assert.notEqual(looked, 0)
})
