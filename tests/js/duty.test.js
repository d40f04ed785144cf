// Rules and people on duty: fetched when the town says that they changed, and kept on the phone.

import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

import { answerTo, envelopeIn, json, member, until } from "./phone-in-node.js"

const store = await import("../../fieldapp/static/js/store/open.js")
const roster = await import("../../fieldapp/static/js/store/roster.js")
const duty = await import("../../fieldapp/static/js/store/duty.js")
const meta = await import("../../fieldapp/static/js/store/meta.js")
const { Courier } = await import("../../fieldapp/static/js/sync/courier.js")

let key = 0
/** What the town says. */
let usually

beforeEach(async () => {
  const me = member(`duty-${(key += 1)}`)
  await store.openPhone()
  await store.usePhoneAs(me)
  await roster.load()
  await meta.set("me_at", Date.now())
  globalThis.fetch = async (url, options) => {
    if (url === "/phone/me") return json(me)
    if (url !== "/sync") return json({}, 201)
    return usually(envelopeIn(options))
  }
})

const rule = { kind: "home_isolation", valid_from: "2020-01-25", valid_to: null, days: 14, alert: "37.3" }
const withDuty = (tag) => (envelope) => json(answerTo(envelope), 200, { "Fieldapp-Duty": tag })

test("rules and people on duty are fetched when the town says that they changed, and kept", async () => {
  const asked = []
  const sync = globalThis.fetch
  globalThis.fetch = async (url, options) => {
    if (url !== "/phone/duty") return sync(url, options)
    asked.push(options.headers?.["If-None-Match"])
    const people = [{ role: "doctor", name: `陈医生${asked.length}` }]
    return json({ rules: [rule], people }, 200, { ETag: `"${asked.length}"` })
  }
  usually = withDuty("one")
  const courier = new Courier()

  await courier.syncNow()
  await until(() => duty.people().length)
  await courier.syncNow()
  assert.deepEqual([duty.rules(), duty.people()], [[rule], [{ role: "doctor", name: "陈医生1" }]])
  assert.ok(Math.abs(duty.fetchedAt() - Date.now()) < 5000)
  assert.deepEqual(asked, [undefined])

  usually = withDuty("two")
  await courier.syncNow()
  await until(() => duty.people()[0].name === "陈医生2")
  assert.deepEqual(asked, [undefined, '"1"'])

  await roster.load()
  assert.equal(duty.people()[0].name, "陈医生2", "read from the disk")
})

test("rules that could not be fetched are asked for again after the next round", async () => {
  const sync = globalThis.fetch
  let there = false
  globalThis.fetch = async (url, options) => {
    if (url !== "/phone/duty") return sync(url, options)
    return there ? json({ rules: [rule], people: [] }) : json({ error: "failed" }, 500)
  }
  usually = withDuty("one")
  const courier = new Courier()

  await courier.syncNow()
  assert.deepEqual(duty.rules(), [])
  there = true
  await courier.syncNow()

  await until(() => duty.rules().length)
  assert.deepEqual(duty.rules(), [rule])
})
