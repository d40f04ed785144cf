// What a member may rely on once the phone said "saved".

import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

import { disk, faults, member, visit } from "./phone-in-node.js"

const { openPhone, usePhoneAs } = await import("../../fieldapp/static/js/store/open.js")
const outbox = await import("../../fieldapp/static/js/store/outbox.js")
const drafts = await import("../../fieldapp/static/js/store/drafts.js")
const roster = await import("../../fieldapp/static/js/store/roster.js")

let key = 0

beforeEach(async () => {
  for (const name of Object.keys(faults)) delete faults[name]
  await openPhone()
  await usePhoneAs(member(`outbox-${(key += 1)}`))
  await roster.load()
})

const ids = (entries) => entries.map(({ id }) => id)

test("a change and the end of its draft reach the disk in one flushed transaction", async () => {
  await drafts.openDraft("visit/house-1")
  drafts.writeDraft({ key: "visit/house-1", id: "x", form: 1, fields: { note: "狗" } })
  await drafts.flush()
  const ended = []
  faults.completed = ({ durability, copies }) => ended.push([durability, [...copies.keys()]])

  await outbox.keep(visit(), { draft: "visit/house-1" })

  assert.deepEqual(ended, [["strict", ["outbox", "draft"]]])
  assert.equal(await drafts.openDraft("visit/house-1"), undefined)
})

test("six taps make one record", async () => {
  const once = visit()

  await Promise.all(Array.from({ length: 6 }, () => outbox.keep(once)))

  assert.equal((await outbox.all()).length, 1)
})

test("changes that belong together are kept together or not at all", async () => {
  const { rejects } = assert
  const [case_, person] = [visit(), visit()]
  faults.full = true

  await rejects(outbox.keepAll([case_, person]), { name: "StoreError", code: "full" })

  faults.full = false
  assert.deepEqual(await outbox.all(), [])
})

test("a keystroke after the save does not bring the draft back", async () => {
  await drafts.openDraft("visit/house-1")
  await outbox.keep(visit(), { draft: "visit/house-1" })

  drafts.writeDraft({ key: "visit/house-1", id: "x", form: 1, fields: {} })
  await drafts.flush()

  assert.deepEqual(await drafts.drafts(), [])
})

test("when the save fails the draft is still written", async () => {
  await drafts.openDraft("visit/house-1")
  faults.full = true
  await assert.rejects(outbox.keep(visit(), { draft: "visit/house-1" }))
  faults.full = false

  drafts.writeDraft({ key: "visit/house-1", id: "x", form: 1, fields: { note: "狗" } })
  await drafts.flush()

  assert.equal((await drafts.drafts()).length, 1)
})

test("a connection that the browser closed is opened again by the next save", async () => {
  await outbox.keep(visit())
  disk.opened.forEach((db) => db.close())

  await outbox.keep(visit())

  assert.equal((await outbox.all()).length, 2)
})

test("when it cannot be opened again the member is told, and the next save works", async () => {
  disk.opened.forEach((db) => db.close())
  faults.openFails = 2

  await assert.rejects(outbox.keep(visit()), { name: "StoreError", code: "closed" })
  await outbox.keep(visit())

  assert.equal((await outbox.all()).length, 1)
})

test("what was saved can be taken back for ten seconds", async () => {
  const saved = visit()
  await outbox.keep(saved, { now: 1000 })

  assert.deepEqual(ids(await outbox.undo(saved.id, 10_999)), [saved.id])

  assert.deepEqual(await outbox.all(), [])
})

test("after ten seconds, or once it has left, it can only be corrected", async () => {
  const [late, left] = [visit(), visit()]
  await outbox.keep(late, { now: 1000 })
  assert.equal(await outbox.undo(late.id, 11_000), null)

  await outbox.keep(left, { now: 11_000 })
  await outbox.pick({ most: 50, most_chars: 1e6, asked_at: 11_001, now: 11_001 })
  assert.equal(await outbox.undo(left.id, 11_002), null)

  assert.equal((await outbox.all()).length, 2)
})

test("of several that belong together none is taken back when one has left", async () => {
  const [one, other] = [visit(), visit()]
  await outbox.keep(one, { now: 0 })
  await outbox.pick({ most: 50, most_chars: 1e6, asked_at: 1, now: 1 })
  await outbox.keep(other, { now: 2 })

  assert.equal(await outbox.undo([one.id, other.id], 3), null)

  assert.equal((await outbox.all()).length, 2)
})

test("a list reads only what it shows, the newest first, and knows how many there are", async () => {
  const made = Array.from({ length: 5 }, () => visit())
  await outbox.keepAll(made, { now: 0 })
  await outbox.setAside(made[4].id, "too_large")

  const { entries, count } = await outbox.newest(["waiting", "problem"], 2)

  assert.deepEqual(ids(entries), ids([made[4], made[3]]))
  assert.equal(count, 5)
  assert.deepEqual(await outbox.newest(["accepted"], 30), { entries: [], count: 0 })
})

test("changes leave in the order they were made, fifty at most, within the size", async () => {
  const made = Array.from({ length: 60 }, () => visit())
  for (const one of made) await outbox.keep(one, { now: 0 })

  const { picked, left } = await outbox.pick({ most: 50, most_chars: 1e6, now: 20_000 })
  assert.deepEqual(ids(picked), ids(made.slice(0, 50)))
  assert.equal(left, 10)

  const small = await outbox.pick({ most: 50, most_chars: 10, now: 20_000 })
  assert.equal(small.picked.length, 1)
})

test("an alert leaves before all that was saved earlier, with what it depends on", async () => {
  const others = Array.from({ length: 60 }, () => visit())
  const isolation = visit({ person: "p" }, { kind: "isolation_case" })
  const check = visit({ case: isolation.record }, { kind: "health_check" })
  const alert = visit({ temp: "38.6" }, { kind: "health_check", record: check.record, urgent: true })
  for (const one of [...others, isolation, check, alert, visit()]) await outbox.keep(one, { now: 0 })

  const { picked, left } = await outbox.pick({ most: 5, most_chars: 1e6, now: 20_000 })

  assert.deepEqual(ids(picked), ids([isolation, check, alert, ...others.slice(0, 2)]))
  assert.equal(left, 59)
  assert.equal("urgent" in outbox.asSent(picked[2]), false, "the town is not told our hurry")
})

test("an alert keeps its time to be undone", async () => {
  await outbox.keep(visit({}, { urgent: true }), { now: 0 })

  const { picked } = await outbox.pick({ most: 5, most_chars: 1e6, now: 9000 })

  assert.deepEqual(picked, [])
})

test("what can still be undone does not leave, unless somebody is in a hurry", async () => {
  await outbox.keep(visit(), { now: 0 })

  const waiting = await outbox.pick({ most: 50, most_chars: 1e6, now: 9000 })
  assert.deepEqual([waiting.picked, waiting.next_at], [[], 10_000])

  const hurried = await outbox.pick({ most: 50, most_chars: 1e6, asked_at: 9000, now: 9000 })
  assert.equal(hurried.picked.length, 1)
})

test("what was saved after the tap keeps its time to be undone", async () => {
  await outbox.keep(visit(), { now: 1000 })
  await outbox.keep(visit(), { now: 3000 })

  const { picked } = await outbox.pick({ most: 50, most_chars: 1e6, asked_at: 2000, now: 4000 })

  assert.equal(picked.length, 1)
})

test("a clock that was set back does not hold a change for ever", async () => {
  const year = 365 * 24 * 3600 * 1000
  await outbox.keep(visit(), { now: year })

  const { picked } = await outbox.pick({ most: 50, most_chars: 1e6, now: 0 })

  assert.equal(picked.length, 1)
})

test("what the server cannot take steps aside, and is counted as unsent", async () => {
  const [bad, good] = [visit(), visit()]
  await outbox.keepAll([bad, good], { now: 0 })

  await outbox.setAside(bad.id, "unreadable")

  assert.deepEqual(await outbox.counts(), { waiting: 1, problem: 1, held: 0 })
  assert.deepEqual(ids((await outbox.pick({ most: 9, most_chars: 1e6, asked_at: Date.now() })).picked), [good.id])
  await outbox.retry(bad.id)
  assert.deepEqual(await outbox.counts(), { waiting: 2, problem: 0, held: 0 })
})

test("the file for the courier holds all that is unsent, as the server reads it", async () => {
  const saved = visit()
  await outbox.keep(saved)

  const { text, count } = await outbox.exportUnsent()

  const [change] = JSON.parse(text).changes
  assert.equal(count, 1)
  assert.deepEqual(Object.keys(change), ["id", "kind", "record", "base", "form", "grid", "made_at", "fields"])
  assert.equal(change.id, saved.id)
})

test("an acknowledged copy is kept for thirty days", async () => {
  const saved = visit()
  await outbox.keep(saved)
  const at = Date.now()
  await roster.receive(answer({ results: [{ id: saved.id, status: "accepted" }] }), { now: at, offset: 0 })

  await outbox.forgetOld(at + 29 * 24 * 3600 * 1000)
  assert.equal((await outbox.all()).length, 1)
  await outbox.forgetOld(at + 31 * 24 * 3600 * 1000)
  assert.deepEqual(await outbox.all(), [])
})

test("nothing unsent is ever forgotten", async () => {
  await outbox.keepAll([visit(), visit()], { now: 0 })
  await outbox.setAside((await outbox.all())[0].id, "too_large")

  await outbox.forgetOld(Date.now() + 1e12)

  assert.equal((await outbox.all()).length, 2)
})

test("a server that lost its memory is offered again what it had acknowledged", async () => {
  const [first, second] = [visit(), visit()]
  await outbox.keepAll([first, second], { now: 0 })
  const results = [{ id: first.id, status: "accepted" }, { id: second.id, status: "held", errors: { hh: ["required"] } }]
  await roster.receive(answer({ results }), { now: 1, offset: 0 })
  assert.deepEqual(await outbox.pending(), [])

  await roster.receive(answer({ epoch: "restored", reset: true }), { now: 2, offset: 0 })

  assert.deepEqual(ids(await outbox.pending()), [first.id, second.id])
})

test("a member's outbox is not seen by the next member, and is there when they come back", async () => {
  const mine = visit()
  await outbox.keep(mine)
  const me = `outbox-${key}`

  assert.equal(await usePhoneAs(member("somebody-else")), true)
  assert.deepEqual(await outbox.all(), [])

  await usePhoneAs(member(me))
  assert.deepEqual(ids(await outbox.pending()), [mine.id])
})

function answer(more) {
  return {
    protocol: 1, epoch: "e1", server_time: "2026-11-23T08:00:00+08:00", cursor: "c", more: false,
    reset: false, results: [], records: [], ...more,
  }
}
