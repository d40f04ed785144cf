// Two clocks: the phone's is kept as it is, the server's is what people see.

import assert from "node:assert/strict"
import { test } from "node:test"

import { now, offsetOf, setOffset, skewAt, stamp, today } from "../../fieldapp/static/js/sync/clock.js"

const MINUTE = 60_000
const at = Date.parse("2026-11-23T16:30:00Z")

test("a moment is written in the township's time, wherever the phone thinks it is", () => {
  assert.equal(stamp(at), "2026-11-24T00:30:00.000+08:00")
  assert.equal(today(at), "2026-11-24")
})

test("the answer's time is taken for the middle of the trip", () => {
  assert.equal(offsetOf("2026-11-23T16:30:05Z", at, at + 4000), 3000)
})

test("an answer without a time, or from a clock that jumped meanwhile, says nothing", () => {
  assert.equal(offsetOf("yesterday", at, at + 10), null)
  assert.equal(offsetOf("2026-11-23T16:30:00Z", at, at - 5000), null)
  assert.equal(offsetOf("2026-11-23T16:30:00Z", at, at + 60_000), null)
})

test("within ten minutes nobody is warned, beyond they see both times", () => {
  assert.equal(skewAt(at, 10 * MINUTE), null)
  assert.equal(skewAt(at, -10 * MINUTE), null)
  assert.deepEqual(skewAt(at, -1440 * MINUTE), {
    minutes: 1440, phone: "2026-11-24T00:30:00.000+08:00", server: "2026-11-23T00:30:00.000+08:00",
  })
})

test("what people see is corrected", () => {
  setOffset(365 * 24 * 60 * MINUTE)
  assert.ok(Math.abs(now() - Date.now() - 365 * 24 * 60 * MINUTE) < 1000)
  setOffset(0)
})
