// What is saved while a round runs is never forgotten, at whatever moment of the round that is.

import assert from "node:assert/strict"
import { test } from "node:test"
import { gunzipSync } from "node:zlib"

import { alarms, answerTo, json, member, until, visit } from "./phone-in-node.js"

const store = await import("../../fieldapp/static/js/store/open.js")
const outbox = await import("../../fieldapp/static/js/store/outbox.js")
const roster = await import("../../fieldapp/static/js/store/roster.js")
const meta = await import("../../fieldapp/static/js/store/meta.js")
const { Courier } = await import("../../fieldapp/static/js/sync/courier.js")

/** From the answer of the town to well after the round, a millisecond at a time. */
const LATEST_MS = 30

/** The courier of a phone on which nothing waits. @param {string} key */
async function working(key) {
  await store.openPhone()
  await store.usePhoneAs(member(key))
  await roster.load()
  await meta.set("me_at", Date.now())
  const courier = new Courier()
  await courier.start("b1")
  return courier
}

test("it leaves with its undo time, not with the next look for news minutes later", async () => {
  let keepAfter = -1
  let keeping
  const keepLater = async (ms) => {
    await new Promise((resolve) => setTimeout(resolve, ms))
    await outbox.keep(visit())
  }
  globalThis.fetch = async (url, { headers, body }) => {
    const envelope = JSON.parse(headers["Content-Encoding"] === "gzip" ? gunzipSync(body) : Buffer.from(body))
    if (keepAfter >= 0) keeping = keepLater(keepAfter)
    keepAfter = -1
    return json(answerTo(envelope))
  }
  const courier = await working("saved-meanwhile")

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
  globalThis.fetch = async () => json(answerTo({ changes: [] }))
  const courier = await working("door-after-door")

  await outbox.keep(visit())
  await until(() => courier.state.phase === "waiting")
  const leaves_at = courier.state.nextTryAt
  await new Promise((resolve) => setTimeout(resolve, 20))
  await outbox.keep(visit())
  await until(() => courier.state.pending === 2)

  assert.equal(courier.state.nextTryAt, leaves_at)
})
