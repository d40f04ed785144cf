// What comes between two rounds: what is saved meanwhile, and what the town is slow to tell.

import assert from "node:assert/strict"
import { test } from "node:test"

import { alarms, answerTo, doctor, envelopeIn, json, member, until, visit } from "./phone-in-node.js"

const store = await import("../../fieldapp/static/js/store/open.js")
const outbox = await import("../../fieldapp/static/js/store/outbox.js")
const roster = await import("../../fieldapp/static/js/store/roster.js")
const meta = await import("../../fieldapp/static/js/store/meta.js")
const { Courier } = await import("../../fieldapp/static/js/sync/courier.js")

/** From the answer of the town to well after the round, a millisecond at a time. */
const LATEST_MS = 30

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Envelopes are answered, after `then` has seen them; nothing else is, unless `others` does it. */
function town({ then = () => {}, others = () => new Promise(() => {}) } = {}) {
  const envelopes = []
  globalThis.fetch = async (url, options) => {
    if (url !== "/sync") return others(url)
    const envelope = envelopeIn(options)
    envelopes.push(envelope)
    return (await then(envelope)) || json(answerTo(envelope))
  }
  return envelopes
}

/** The courier of a phone on which nothing waits. @param {object} me @param {{ me_at?: number }} [how] me_at: when the town last told who this is */
async function working(me, { me_at = Date.now() } = {}) {
  await store.openPhone()
  await store.usePhoneAs(me)
  await roster.load()
  await meta.set("me_at", me_at)
  const courier = new Courier()
  await courier.start("b1")
  return courier
}

test("what is saved at whatever moment of a round leaves with its undo time, not with the next look for news", async () => {
  let keepAfter = -1
  let keeping
  const keepLater = async (ms) => {
    await pause(ms)
    await outbox.keep(visit())
  }
  town({
    then() {
      if (keepAfter >= 0) keeping = keepLater(keepAfter)
      keepAfter = -1
    },
  })
  const courier = await working(member("saved-meanwhile"))

  for (let ms = 0; ms < LATEST_MS; ms += 1) {
    keepAfter = ms
    alarms.at(-1).ring()
    await until(() => keeping)
    await keeping
    await until(() => courier.state.phase === "waiting" && courier.state.pending === 1)
    const wait_ms = courier.state.nextTryAt - Date.now()
    assert.ok(wait_ms <= 10_200, `saved ${ms} ms after the answer, it would leave in ${wait_ms} ms`)
    keeping = undefined
    await courier.syncNow()
    assert.equal(courier.state.pending, 0)
  }
})

test("who saves at one door after the other does not keep back what was saved at the first", async () => {
  town()
  const courier = await working(member("door-after-door"))

  await outbox.keep(visit())
  await until(() => courier.state.phase === "waiting")
  const leaves_at = courier.state.nextTryAt
  await pause(20)
  await outbox.keep(visit())
  await until(() => courier.state.pending === 2)

  assert.equal(courier.state.nextTryAt, leaves_at)
})

test("a doctor is asked for news again while the town is slow to tell who they are", async () => {
  const envelopes = town()
  await working(doctor("slow-town"), { me_at: 0 })

  for (const asked of [2, 3]) {
    alarms.findLast(({ ms }) => ms <= 4000).ring()
    await until(() => envelopes.length === asked)
    await pause(50)
  }
})

test("what is saved, or sent by a tap, does not wait for what the town is slow to tell after a round", async () => {
  const envelopes = town()
  const courier = await working(member("slow-town-too"), { me_at: 0 })

  await outbox.keep(visit())
  await until(() => courier.state.phase === "waiting")
  assert.ok(courier.state.nextTryAt - Date.now() <= 10_200)
  await courier.syncNow()

  assert.equal(envelopes.at(-1).changes.length, 1)
})

test("who else has signed in is made room for by a round of its own, and not in the middle of one", async () => {
  const [mine, theirs] = [member("before"), member("after")]
  let present
  let refused = false
  const asked = []
  town({
    async then() {
      if (!asked.length) return undefined
      await pause(30)
      present = store.present().member.key
      refused = true
      return json({ error: "other_member" }, 401)
    },
    async others(url) {
      asked.push(url)
      return json(theirs)
    },
  })
  const courier = await working(mine, { me_at: 0 })

  await until(() => asked.length && alarms.some(({ ms }) => ms === 3000))
  assert.equal(store.present().member.key, "before")
  alarms.find(({ ms }) => ms === 3000).ring()
  await until(() => store.present().member.key === "after")
  assert.ok(refused)
  assert.equal(present, "before")
  assert.equal(courier.state.problem, 0)
})
