// Whose phone this is: a tiny database that names the present member, and one database for each.

import { ask, Database, uuid } from "./database.js"
import { keptCookie, lostAt, noteLosses, readKept } from "./loss.js"
import { isAnothers, whoseCookie } from "./whose.js"
import { phone } from "./phone.js"

export { ask, StoreError, uuid } from "./database.js"

/**
 * @typedef {{ role: string, grid: string, name: string }} Duty
 * @typedef {object} Me
 * @property {{ key: string, name: string, duties: Duty[] }} member
 * @property {{ name: string, phone: string }} town
 * @property {boolean} demo
 * @property {{ install: string | null, pending: number }} [heard] what the server last heard of this phone
 * @typedef {import("./loss.js").Loss} Loss
 */

/** Speaks when something changed: `outbox`, `roster`, `closed`, `draft-failed`; `elsewhere`: another tab did it. */
export const news = new EventTarget()

/** @type {Database | null} */
let own = null
/** @type {Me | null} */
let me = null
/** @type {BroadcastChannel | null} */
let otherTabs = null
let installId = ""

/**
 * Opens the phone's own database and that of the member who last used it; needs no network.
 *
 * @returns {Promise<{ member: Me | null, losses: Loss[], install: string }>}
 */
export async function openPhone() {
  const { install, row, losses } = await whoWasHere()
  installId = install
  listenToOtherTabs()
  const cookies = document.cookie
  if (row && !isAnothers(cookies, row.key)) {
    me = row.me
    await openOwn(row.key)
  }
  const gone = own?.fresh ? row.pending : 0
  const seen = { install, kept: readKept(cookies), gone }
  return { member: me, losses: lostAt(seen) ? await noteLosses(seen) : losses, install }
}

export function present() {
  return me
}

/** The id of this browser's store; it changes when the store was wiped. */
export function install() {
  return installId
}

/**
 * One transaction in the present member's database.
 *
 * @template T
 * @param {string[]} names
 * @param {IDBTransactionMode} mode
 * @param {(stores: import("./database.js").Stores) => T | Promise<T>} work
 * @param {"strict" | "relaxed"} [durability]
 * @returns {Promise<T>}
 */
export function tx(names, mode, work, durability) {
  if (!own) return Promise.reject(new Error("no member yet"))
  return own.tx(names, mode, work, durability)
}

/**
 * From now on this phone is `next`'s. The last member's database stays as it is, unread, until
 * they are back: what they had not sent goes out under their own name only.
 *
 * @param {Me} next
 * @returns {Promise<boolean>} whether somebody else had it before
 */
export async function usePhoneAs(next) {
  const { key } = next.member
  const before = me
  await phone.tx(["meta", "member"], "readwrite", async ({ meta, member }) => {
    const known = await ask(member.get(key))
    member.put({ pending: 0, ...known, key, me: next })
    meta.put({ key: "present", value: key })
  }, "strict")
  document.cookie = whoseCookie(key)
  me = next
  if (!own || own.name !== nameFor(key)) await openOwn(key)
  return before !== null && before.member.key !== key
}

/**
 * Keeps the count of what is unsent on this phone, of all its members, where a wipe does not reach.
 *
 * @param {number} pending the present member's
 */
export async function countPending(pending) {
  const count = await phone.tx(["member"], "readwrite", async ({ member }) => {
    const rows = await ask(member.getAll())
    const mine = rows.find((row) => row.key === me?.member.key)
    if (mine && mine.pending !== pending) member.put({ ...mine, pending })
    return rows.reduce((sum, row) => sum + (row === mine ? pending : row.pending), 0)
  })
  document.cookie = keptCookie({ install: installId, count })
}

/** After a logout that was allowed: nothing of the member stays. */
export async function forgetPresent() {
  const key = me?.member.key
  await own?.destroy()
  await phone.tx(["meta", "member"], "readwrite", ({ meta, member }) => {
    meta.delete("present")
    if (key) member.delete(key)
  })
  own = me = null
}

/** @param {"outbox" | "roster" | "closed" | "draft-failed"} type @param {unknown} [detail] */
export function tell(type, detail) {
  news.dispatchEvent(new CustomEvent(type, { detail }))
  if (type === "outbox" || type === "roster") otherTabs?.postMessage(type)
}

/** Only the very first start writes. */
async function whoWasHere() {
  const [facts, members, all] = await phone.tx(["meta", "member", "loss"], "readonly", (stores) =>
    Promise.all(Object.values(stores).map((store) => ask(store.getAll()))),
  )
  const { present, install } = Object.fromEntries(facts.map(({ key, value }) => [key, value]))
  const row = members.find(({ key }) => key === present)
  const known = { install, row, losses: all.filter(({ dismissed }) => !dismissed) }
  return known.install ? known : { ...known, install: await newInstall() }
}

/** Two tabs that start at once agree on the first. @returns {Promise<string>} */
function newInstall() {
  return phone.tx(["meta"], "readwrite", async ({ meta }) => {
    const there = (await ask(meta.get("install")))?.value
    const value = there || uuid()
    if (!there) meta.put({ key: "install", value })
    return value
  }, "strict")
}

/** @param {string} key */
function nameFor(key) {
  return `fieldapp-${key}`
}

/** @param {string} key */
async function openOwn(key) {
  own?.close()
  own = new Database(nameFor(key), 1, layOut, (why) => tell("closed", why))
  await own.open()
}

/** @param {IDBDatabase} db */
function layOut(db) {
  const outbox = db.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true })
  outbox.createIndex("id", "id", { unique: true })
  outbox.createIndex("state", "state")
  outbox.createIndex("record", "record")
  outbox.createIndex("over", "over") // only entries that the roster does not show yet have it
  db.createObjectStore("shelf", { keyPath: "no" })
  db.createObjectStore("draft", { keyPath: "key" })
  db.createObjectStore("meta", { keyPath: "key" })
}

function listenToOtherTabs() {
  if (otherTabs || !("BroadcastChannel" in globalThis)) return
  otherTabs = new BroadcastChannel("fieldapp")
  otherTabs.onmessage = () => news.dispatchEvent(new Event("elsewhere"))
}
