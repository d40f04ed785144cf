// When the courier tries again, and what it may say.

import assert from "node:assert/strict"
import { test } from "node:test"

import { half, idleAfter, more, verdict, waitAfter } from "../../fieldapp/static/js/sync/pace.js"

test("waiting doubles from five seconds, and is spread so that phones do not come together", () => {
  const waits = [1, 2, 3].map((failures) => waitAfter(failures, { seen: true, random: 0.5 }))

  assert.deepEqual(waits, [5, 10, 20])
  assert.equal(waitAfter(1, { seen: true, random: 0 }), 3.75)
  assert.equal(waitAfter(1, { seen: true, random: 1 }), 6.25)
})

test("somebody who looks at the phone waits less than a minute after the network is back", () => {
  assert.ok(waitAfter(99, { seen: true, random: 1 }) < 60)
})

test("a phone in a pocket tries every five minutes", () => {
  assert.equal(waitAfter(99, { seen: false, random: 0.5 }), 300)
})

test("whoever gets the alerts hears of one within four seconds while looking at the phone", () => {
  assert.equal(idleAfter({ watching: true, random: 0 }), 4)
  assert.ok(idleAfter({ watching: true, random: 1 }) >= 3)
  assert.equal(idleAfter({ random: 0.5 }), 300)
})

test("a server that asks for time gets it, but not for ever", () => {
  assert.equal(waitAfter(1, { seen: true, retry_s: 120 }), 120)
  assert.equal(waitAfter(1, { seen: true, retry_s: 86_400 }), 300)
})

test("a refused batch is halved down to one change, and grows again", () => {
  const sizes = []
  for (let most = 50; most; most = half(most)) sizes.push(most)

  assert.deepEqual(sizes, [50, 25, 13, 7, 4, 2, 1])
  assert.deepEqual([1, 2, 40, 50].map(more), [2, 4, 50, 50])
})

/** What may be said in each situation: last round, unsent, running, problem. */
const situations = [
  ["never synced, nothing recorded", { lastSyncAt: null }, "never"],
  ["never synced, something recorded", { lastSyncAt: null, pending: 1 }, "unsent"],
  ["never synced, no network", { lastSyncAt: null, phase: "offline" }, "never"],
  ["first round is running", { lastSyncAt: null, phase: "sending" }, "sending"],
  ["all is there", {}, "all_sent"],
  ["all was there, the network is gone", { phase: "offline" }, "all_sent"],
  ["recorded since, the network is gone", { phase: "offline", pending: 2 }, "unsent"],
  ["recorded while a round runs", { phase: "sending", pending: 1 }, "sending"],
  ["recorded while a round ran", { phase: "waiting", pending: 1 }, "unsent"],
  ["the login is over", { phase: "login", pending: 3 }, "unsent"],
  ["one cannot be sent, the others are", { problem: 1 }, "problem"],
]

for (const [name, facts, said] of situations) {
  test(`${name}: ${said}`, () => {
    const calm = { phase: "idle", pending: 0, problem: 0, held: 0, lastSyncAt: 1 }
    assert.equal(verdict({ ...calm, ...facts }), said)
  })
}
