// Only our own answer counts, and what goes out can be verified.

import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { afterEach, test } from "node:test"
import { gunzipSync } from "node:zlib"

import { exchange, isAnswer, kindOf, packed, retryAfter } from "../../fieldapp/static/js/sync/exchange.js"
import { answerTo, json } from "./phone-in-node.js"

const real = globalThis.fetch
afterEach(() => (globalThis.fetch = real))

const good = answerTo({ changes: [] })

for (const [name, status, said, kind] of [
  ["our answer", 200, good, "answer"],
  ["a captive portal's page", 200, null, "portal"],
  ["somebody else's JSON", 200, { ok: true }, "portal"],
  ["the end of a login", 401, { error: "login_required" }, "login"],
  ["a revoked phone", 401, { error: "device_revoked" }, "revoked"],
  ["a phone that changed hands", 401, { error: "other_member" }, "other_member"],
  ["a busy server", 503, { error: "busy" }, "busy"],
  ["a proxy before a stopped server", 502, null, "failed"],
  ["too many requests", 429, null, "busy"],
  ["a batch too large", 413, null, "too_large"],
  ["a batch that cannot be read", 400, { error: "unreadable" }, "unreadable"],
  ["a body spoilt on the way", 400, { error: "digest_mismatch" }, "failed"],
  ["a mistake of the server", 500, { error: "failed" }, "failed"],
]) {
  test(`${name} is told apart`, () => assert.equal(kindOf(status, said), kind))
}

test("an answer has results, records, cursor, epoch and time, or it is none", () => {
  assert.equal(isAnswer(good), true)
  for (const key of ["epoch", "cursor", "server_time", "results", "records", "protocol"]) {
    assert.equal(isAnswer({ ...good, [key]: undefined }), false, key)
  }
})

test("no network, a redirect and silence are all the same: offline", async () => {
  globalThis.fetch = () => Promise.reject(new TypeError("redirected"))

  assert.deepEqual(await exchange({ changes: [] }, "7"), { kind: "offline" })
})

test("a request says whose outbox it is, follows no redirect and is never cached", async () => {
  let asked
  globalThis.fetch = async (url, options) => {
    asked = { url, ...options }
    return json(good)
  }

  const { kind, offset } = await exchange({ changes: [] }, "7")

  assert.equal(kind, "answer")
  assert.ok(Math.abs(offset) < 1000)
  assert.equal(asked.url, "/sync")
  assert.deepEqual([asked.redirect, asked.cache, asked.credentials], ["error", "no-store", "same-origin"])
  assert.equal(asked.headers["Fieldapp-Member"], "7")
})

test("large bodies are packed, and the digest is over the bytes as they travel", async () => {
  const text = JSON.stringify({ text: "虎庄".repeat(2000) })

  const { body, headers } = await packed(text)

  assert.equal(headers["Content-Encoding"], "gzip")
  assert.equal(gunzipSync(body).toString(), text)
  const digest = createHash("sha256").update(body).digest("base64")
  assert.equal(headers["Content-Digest"], `sha-256=:${digest}:`)
})

test("small bodies go as they are", async () => {
  const { body, headers } = await packed("{}")

  assert.deepEqual([new TextDecoder().decode(body), headers["Content-Encoding"]], ["{}", undefined])
})

test("when packed bodies arrive spoilt, the next ones go as they are", async () => {
  globalThis.fetch = async () => json({ error: "bad_gzip" }, 400)
  assert.equal((await exchange({ changes: [] }, "7")).kind, "failed")

  const { headers } = await packed("x".repeat(5000))

  assert.equal(headers["Content-Encoding"], undefined)
})

test("the server's wish to be left alone may be seconds or a date", () => {
  assert.equal(retryAfter("30"), 30)
  assert.equal(retryAfter("Mon, 23 Nov 2026 08:00:10 GMT", Date.parse("2026-11-23T08:00:00Z")), 10)
  assert.equal(retryAfter("soon"), undefined)
  assert.equal(retryAfter(null), undefined)
})
