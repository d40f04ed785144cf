// A phone without a screen: a fake disk, a cookie jar, and a town that answers what a test says.

import { gunzipSync } from "node:zlib"

import { install as fakeDisk } from "./fake-indexeddb.js"

export const faults = {}
export const disk = fakeDisk(faults)

globalThis.document = Object.assign(new EventTarget(), { cookie: "", visibilityState: "visible" })
globalThis.addEventListener = () => {}
globalThis.self = globalThis
delete globalThis.BroadcastChannel // it would keep node waiting for another tab

/** A member as GET /phone/me describes them. @param {string} key */
export function member(key, more = {}) {
  return {
    member: { key, name: `组长${key}`, duties: [{ role: "leader", grid: "210882103001", name: "虎庄村第1网格" }] },
    town: { name: "虎庄镇", phone: "0417-0000000" },
    demo: true,
    ...more,
  }
}

/** Somebody to whom an alert goes. @param {string} key */
export function doctor(key) {
  const one = member(key)
  return { ...one, member: { ...one.member, duties: [{ role: "doctor", grid: "210882103000", name: "虎庄村" }] } }
}

let made = 0

/** A visit as the screens hand it over. */
export function visit(fields = {}, more = {}) {
  made += 1
  const tail = String(made).padStart(12, "0")
  return {
    id: `a7f2${String(made).padStart(4, "0")}-0000-4000-8000-${tail}`,
    kind: "visit",
    record: `00000000-0000-4000-9000-${tail}`,
    base: null,
    form: 1,
    grid: "210882103001",
    fields: { hh: "house-1", mode: "door", result: "normal", ...fields },
    label: { who: "王家", where: "1号" },
    ...more,
  }
}

/** @param {object} said @param {number} [status] @param {Record<string, string>} [headers] */
export function json(said, status = 200, headers = {}) {
  const type = { "Content-Type": "application/json", ...headers }
  return new Response(JSON.stringify(said), { status, headers: type })
}

/** What the phone says in a POST /sync. @param {{ headers: Record<string, string>, body: any }} options of its fetch */
export function envelopeIn({ headers, body }) {
  return JSON.parse(headers["Content-Encoding"] === "gzip" ? gunzipSync(body) : Buffer.from(body))
}

/** A server's answer to an envelope: everything accepted, nothing new. */
export function answerTo({ changes }, more = {}) {
  return {
    protocol: 1, epoch: "e1", server_time: new Date().toISOString(), cursor: "1", more: false, reset: false,
    results: changes.map(({ id }) => ({ id, status: "accepted", errors: {} })), records: [], ...more,
  }
}

/** Timers of a second and more do not run by themselves: a test reads them, and rings when it likes. */
export const alarms = []
const soon = globalThis.setTimeout
globalThis.setTimeout = (work, ms = 0) => {
  if (ms < 1000) return soon(work, ms)
  const alarm = { ms, ring: work }
  alarms.push(alarm)
  return alarm
}
const clear = globalThis.clearTimeout
globalThis.clearTimeout = (timer) => {
  if (alarms.includes(timer)) alarms.splice(alarms.indexOf(timer), 1)
  else clear(timer)
}

/** What goes on by itself has come so far. @param {() => unknown} condition */
export async function until(condition) {
  for (let asked = 0; !condition(); asked += 1) {
    if (asked > 500) throw new Error(`never: ${condition}`)
    await new Promise((resolve) => soon(resolve, 10))
  }
}

Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true })
