// The practice household: everything works there, and no part of it ever leaves the phone.

import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

import { answerTo, json, member, visit } from "./phone-in-node.js"

const { openPhone, usePhoneAs } = await import("../../fieldapp/static/js/store/open.js")
const outbox = await import("../../fieldapp/static/js/store/outbox.js")
const drafts = await import("../../fieldapp/static/js/store/drafts.js")
const roster = await import("../../fieldapp/static/js/store/roster.js")
const { layOutPractice, PRACTICE_GRID, PRACTICE_ID } = await import("../../fieldapp/static/js/store/practice.js")
const { Courier } = await import("../../fieldapp/static/js/sync/courier.js")

let key = 0
let sent

beforeEach(async () => {
  await openPhone()
  await usePhoneAs(member(`practice-${(key += 1)}`))
  await roster.load()
  layOutPractice({ head: "练习户", other: "练习奶奶" })
  sent = []
  globalThis.fetch = async (url, { body }) => {
    if (url !== "/sync") return json({}, 404)
    sent.push(new TextDecoder().decode(body))
    return json(answerTo(JSON.parse(sent.at(-1))))
  }
})

const practice = (fields = {}, more = {}) => visit({ hh: PRACTICE_ID, ...fields }, { grid: PRACTICE_GRID, ...more })

test("it can be opened by its id and is in no list, search or count of the town's doors", () => {
  const home = roster.household(PRACTICE_ID)

  assert.equal(home.fields.head_name, "练习户")
  assert.deepEqual(home.people.map(({ fields }) => fields.name), ["练习户", "练习奶奶"])
  assert.equal(home.cases[0].who.fields.name, "练习户")
  assert.deepEqual([roster.households(), roster.find("练习"), roster.cases()], [[], [], []])
  assert.deepEqual(roster.size(), { households: 0, people: 0 })
})

test("what is saved there is shown there, and neither in the outbox nor on the wire", async () => {
  await drafts.openDraft(`visit/${PRACTICE_ID}`)
  drafts.writeDraft({ key: `visit/${PRACTICE_ID}`, id: "x", form: 1, fields: {} })

  const entry = await outbox.keep(practice({ result: "nobody_home" }), { draft: `visit/${PRACTICE_ID}` })
  await new Courier().syncNow()

  assert.equal(entry.state, "practice")
  assert.deepEqual(roster.household(PRACTICE_ID).visits.map(({ fields, own }) => [fields.result, own]), [["nobody_home", "practice"]])
  assert.deepEqual(await outbox.all(), [])
  assert.deepEqual(await outbox.counts(), { waiting: 0, problem: 0, held: 0 })
  assert.deepEqual(await drafts.drafts(), [])
  assert.equal((await outbox.exportUnsent()).count, 0)
  assert.deepEqual(sent.filter((text) => text.includes(PRACTICE_ID) || text.includes(entry.id)), [])
})

test("it can be taken back and put right like any other record", async () => {
  const first = await outbox.keep(practice({ result: "normal" }))
  await outbox.keep(practice({ result: "nobody_home" }, { record: first.record }))

  assert.deepEqual((await outbox.chain(first.record)).map(({ fields }) => fields.result), ["normal", "nobody_home"])
  assert.deepEqual((await outbox.undo(first.id)).map(({ id }) => id), [first.id])
  assert.equal((await outbox.chain(first.record)).length, 1)
})

test("what names anything of it stays on the phone, whatever grid it says", async () => {
  const grandchild = visit({ hh: PRACTICE_ID, name: "练习孙子" }, { kind: "person" })
  await outbox.keep(grandchild)
  await outbox.keep(visit({ hh: "house-1" }, { kind: "person", record: grandchild.record }))
  await outbox.keep(visit({ person: grandchild.record, hh: "house-1" }, { kind: "isolation_case" }))

  assert.deepEqual(await outbox.all(), [])
})

test("six taps make one practice record too", async () => {
  const once = practice()

  await Promise.all([outbox.keep(once), outbox.keep(once)])

  assert.equal(roster.household(PRACTICE_ID).visits.length, 1)
})

test("a record of a real door goes the real way", async () => {
  await outbox.keep(visit())

  assert.equal((await outbox.all()).length, 1)
})
