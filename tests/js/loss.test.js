// What a member is told when their browser threw the store away.

import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

import { disk, member } from "./phone-in-node.js"

const loss = await import("../../fieldapp/static/js/store/loss.js")
const store = await import("../../fieldapp/static/js/store/open.js")
const { phone } = await import("../../fieldapp/static/js/store/phone.js")
const { whoAmI } = await import("../../fieldapp/static/js/sync/phone.js")

const BEFORE = "11111111-1111-4111-8111-111111111111"

beforeEach(() => {
  document.cookie = ""
  phone.close()
  disk.databases.clear()
})

test("the cookie says which store held how many, and nothing else is taken for it", () => {
  const written = loss.keptCookie({ install: BEFORE, count: 7 })

  assert.deepEqual(loss.readKept(`lang=zh; ${written}`), { install: BEFORE, count: 7 })
  assert.equal(loss.readKept("kept=nonsense"), null)
  assert.equal(loss.readKept(`notkept=${BEFORE}:7`), null)
})

test("a first visit loses nothing", async () => {
  assert.deepEqual((await store.openPhone()).losses, [])
})

test("a wiped store is noticed with the number that is missing, once", async () => {
  document.cookie = `kept=${BEFORE}:7`

  const { losses } = await store.openPhone()

  assert.deepEqual(losses.map(({ id, count, told }) => [id, count, told]), [[BEFORE, 7, false]])
  assert.match(document.cookie, /:0; /, "the next start does not count them again")
  document.cookie = `kept=${BEFORE}:7`
  assert.equal((await store.openPhone()).losses.length, 1)
})

test("a store that held nothing unsent may vanish in silence", async () => {
  document.cookie = `kept=${BEFORE}:0`

  assert.deepEqual((await store.openPhone()).losses, [])
})

test("when the cookie went too, the server's last count speaks", async () => {
  await store.openPhone()
  globalThis.fetch = async () =>
    new Response(JSON.stringify(member("7", { heard: { install: BEFORE, pending: 3 } })), {
      headers: { "Content-Type": "application/json" },
    })

  await whoAmI()

  assert.deepEqual((await loss.untoldLosses()).map(({ count }) => count), [3])
})

test("a loss is told to the town once and shown until it is dismissed", async () => {
  document.cookie = `kept=${BEFORE}:7`
  await store.openPhone()

  await loss.lossTold(BEFORE)
  assert.deepEqual(await loss.untoldLosses(), [])
  assert.equal((await store.openPhone()).losses.length, 1)

  await loss.dismissLoss(BEFORE)
  assert.deepEqual((await store.openPhone()).losses, [])
})

test("one member's database alone may vanish; that is noticed as well", async () => {
  await store.openPhone()
  await store.usePhoneAs(member("alone"))
  await store.countPending(4)
  disk.databases.delete("fieldapp-alone")
  document.cookie = ""

  const { losses } = await store.openPhone()

  assert.deepEqual(losses.map(({ count }) => count), [4])
})
