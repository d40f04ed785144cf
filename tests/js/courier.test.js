// What reaches the town, in which order, and what the member is told meanwhile.

import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

import { alarms, answerTo, doctor, envelopeIn, faults, json, member, visit } from "./phone-in-node.js"

const store = await import("../../fieldapp/static/js/store/open.js")
const outbox = await import("../../fieldapp/static/js/store/outbox.js")
const roster = await import("../../fieldapp/static/js/store/roster.js")
const meta = await import("../../fieldapp/static/js/store/meta.js")
const { Courier, verdict } = await import("../../fieldapp/static/js/sync/courier.js")

let key = 0
let me
/** What the town was sent. */
let envelopes
/** What the town says next, in turn; then what `usually` says. */
let next
let usually

beforeEach(async () => {
  alarms.length = 0
  delete faults.full
  await store.openPhone()
  await store.usePhoneAs((me = member(`courier-${(key += 1)}`)))
  await roster.load()
  await meta.set("me_at", Date.now())
  envelopes = []
  next = []
  usually = (envelope) => json(answerTo(envelope))
  globalThis.fetch = async (url, options) => {
    if (url === "/phone/me") return json(me)
    if (url !== "/sync") return json({}, 201)
    const envelope = envelopeIn(options)
    envelopes.push(envelope)
    return (next.shift() || usually)(envelope)
  }
})

const saved = async (count) => {
  const made = Array.from({ length: count }, () => visit())
  await outbox.keepAll(made, { now: Date.now() - 60_000 })
  return made.map(({ id }) => id)
}
const sent = () => envelopes.map(({ changes }) => changes.map(({ id }) => id))
const states = async () => (await outbox.all()).reverse().map(({ state }) => state)

test("all that was saved goes in order, fifty at a time, until nothing is left", async () => {
  const ids = await saved(120)
  const courier = new Courier()

  await courier.syncNow()

  assert.deepEqual(sent(), [ids.slice(0, 50), ids.slice(50, 100), ids.slice(100)])
  assert.deepEqual(envelopes.map(({ pending }) => pending), [70, 20, 0])
  assert.equal(verdict(courier.state), "all_sent")
  assert.equal(courier.state.receipt, outbox.receiptCode(ids[119]))
})

test("with nothing new one request is enough", async () => {
  await new Courier().syncNow()

  assert.equal(envelopes.length, 1)
})

test("the message is what the contract says", async () => {
  await saved(1)
  await meta.set("cursor", "42")

  await new Courier().syncNow()

  const [message] = envelopes
  assert.deepEqual(Object.keys(message), ["protocol", "device", "sent_at", "cursor", "epoch", "pending", "changes"])
  assert.match(message.device, /^[0-9a-f]{8}-[0-9a-f]{4}-4/)
  assert.match(message.sent_at, /\+08:00$/)
  assert.equal(message.cursor, "42")
})

test("what is saved while a round runs is sent in the same round, and never called sent before", async () => {
  await saved(1)
  const courier = new Courier()
  const seen = []
  courier.addEventListener("state", () => seen.push(verdict(courier.state)))
  let late
  next = [async (envelope) => {
    late = await saved(1)
    return json(answerTo(envelope))
  }]

  await courier.syncNow()

  assert.deepEqual(sent()[1], late)
  assert.ok(seen.indexOf("all_sent") > seen.lastIndexOf("sending"))
})

test("what is saved after a round is not called sent", async () => {
  const courier = new Courier()
  await courier.start("b1")
  assert.equal(verdict(courier.state), "all_sent")

  await outbox.keep(visit())
  await new Promise((resolve) => setTimeout(resolve, 30))

  assert.deepEqual([verdict(courier.state), courier.state.phase], ["unsent", "waiting"])
  assert.deepEqual(alarms.map(({ ms }) => ms), [10_200], "it leaves when it can no longer be undone")
})

test("a lost answer keeps everything, and the repeated change is marked as received", async () => {
  const ids = await saved(2)
  const courier = new Courier()
  next = [() => Promise.reject(new TypeError("lost"))]

  await courier.syncNow()
  assert.deepEqual([courier.state.phase, await states()], ["offline", ["sent", "sent"]])

  usually = (envelope) => json(answerTo(envelope, { results: ids.map((id) => ({ id, status: "duplicate" })) }))
  await courier.syncNow()
  assert.deepEqual(await states(), ["duplicate", "duplicate"])
})

test("a captive portal, a login page and a stopped server take nothing off the phone", async () => {
  await saved(2)
  const courier = new Courier()
  const html = (status) => () => new Response("<html>", { status, headers: { "Content-Type": "text/html" } })
  const seen = []
  for (const answer of [html(200), html(502), () => json({ error: "login_required" }, 401), () => json({ error: "device_revoked" }, 401)]) {
    next = [answer]
    await courier.syncNow()
    seen.push(courier.state.phase)
  }

  assert.deepEqual(seen, ["portal", "failed", "login", "revoked"])
  assert.equal(courier.state.pending, 2)
})

test("a busy server is left alone for as long as it asks", async () => {
  const courier = new Courier()
  next = [() => json({ error: "busy" }, 503, { "Retry-After": "120" })]

  await courier.syncNow()

  assert.equal(courier.state.phase, "busy")
  assert.equal(alarms[alarms.length - 1].ms, 120_000)
})

test("one change that cannot be read steps aside, and all others arrive", async () => {
  const ids = await saved(20)
  const bad = ids[7]
  usually = (envelope) =>
    envelope.changes.some(({ id }) => id === bad) ? json({ error: "unreadable" }, 400) : json(answerTo(envelope))
  const courier = new Courier()

  await courier.syncNow()

  const all = (await outbox.all()).reverse()
  assert.deepEqual(all.filter(({ state }) => state !== "accepted").map(({ id, state, errors }) => [id, state, errors]), [
    [bad, "problem", { "": ["unreadable"] }],
  ])
  assert.equal(verdict(courier.state), "problem")
  assert.ok(envelopes.length < 20)
})

test("a server that leaves a change without an answer is not asked for ever", async () => {
  await saved(2)
  usually = (envelope) => json(answerTo(envelope, { results: [] }))
  const courier = new Courier()

  await courier.syncNow()

  assert.deepEqual([envelopes.length, courier.state.phase, courier.state.pending], [1, "failed", 2])
})

test("held changes are listed with their reason", async () => {
  const [id] = await saved(1)
  usually = (envelope) => json(answerTo(envelope, { results: [{ id, status: "held", errors: { hh: ["not_your_grid"] } }] }))
  const courier = new Courier()

  await courier.syncNow()

  assert.deepEqual((await outbox.entry(id)).errors, { hh: ["not_your_grid"] })
  assert.deepEqual([courier.state.pending, courier.state.held], [0, 1])
})

test("pages of the roster are fetched until there is no more", async () => {
  const home = (record) => ({ kind: "household", record, version: 1, grid: "g", fields: {}, gone: false })
  next = [
    (envelope) => json(answerTo(envelope, { reset: true, more: true, cursor: "1", records: [home("a")] })),
    (envelope) => json(answerTo(envelope, { cursor: "2", records: [home("b")] })),
  ]

  await new Courier().syncNow()

  assert.deepEqual(roster.households().map(({ id }) => id), ["a", "b"])
  assert.deepEqual(envelopes.map(({ cursor }) => cursor), [null, "1"])
  assert.ok(await meta.rosterDate())
})

test("a restored server is offered everything again, in the same round", async () => {
  const ids = await saved(3)
  await new Courier().syncNow()
  envelopes.length = 0
  usually = (envelope) => json(answerTo(envelope, { epoch: "restored", reset: envelope.epoch !== "restored" }))

  await new Courier().syncNow()

  assert.deepEqual(sent(), [[], ids])
})

test("nobody's changes are sent under another's name", async () => {
  const ids = await saved(1)
  const mine = me
  next = [() => json({ error: "other_member" }, 401)]
  me = member("the-next-one")
  const courier = new Courier()
  let told
  courier.addEventListener("member", (event) => (told = event.detail))

  await courier.syncNow()

  assert.equal(told.member.key, "the-next-one")
  assert.deepEqual(await outbox.all(), [])
  await store.usePhoneAs(mine)
  assert.deepEqual((await outbox.pending()).map(({ id }) => id), ids)
})

test("a full disk is said to be one, and the round is tried again", async () => {
  await saved(1)
  const courier = new Courier()
  let trouble
  courier.addEventListener("trouble", (event) => (trouble = event.detail))
  faults.full = true

  await courier.syncNow()

  assert.equal(trouble.code, "full")
  assert.equal(courier.state.phase, "failed")
})

test("the count of what is unsent is also kept where a wiped database does not take it", async () => {
  await saved(7)
  next = [() => Promise.reject(new TypeError("no network"))]

  await new Courier().syncNow()
  await new Promise((resolve) => setTimeout(resolve, 50))

  const [, count] = /^kept=[0-9a-f-]{36}:(\d+); Path=\/phone; Max-Age=34560000; SameSite=Lax$/.exec(document.cookie)
  assert.ok(Number(count) >= 7, "those of other members of this phone are counted with them")
})

test("a doctor who looks at the phone asks every four seconds, and is not told of each look", async () => {
  await store.usePhoneAs(doctor(me.member.key))
  const courier = new Courier()
  await courier.syncNow()
  const phases = []
  courier.addEventListener("state", ({ detail }) => phases.push(detail.phase))

  assert.ok(alarms.at(-1).ms <= 4000)
  alarms.at(-1).ring()
  await new Promise((resolve) => setTimeout(resolve, 100))

  assert.equal(envelopes.length, 2)
  assert.deepEqual(phases.filter((phase) => phase !== "idle"), [])
})
