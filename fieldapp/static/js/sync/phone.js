// What the phone and the town tell each other beside the changes: who, and what went missing.

import { dutyEtag, dutyTag, keepDuty } from "../store/duty.js"
import { lossTold, noteLosses, untoldLosses } from "../store/loss.js"
import { countPending, install, present } from "../store/open.js"
import { now } from "./clock.js"
import { call, kindOf } from "./exchange.js"

/** @typedef {import("../store/open.js").Me} Me */

/**
 * Whose pass this phone carries.
 *
 * @returns {Promise<{ kind: import("./exchange.js").Outcome["kind"], me: Me | null }>}
 */
export async function whoAmI() {
  try {
    const { response, said } = await call("/phone/me")
    if (response.status !== 200) return { kind: kindOf(response.status, said), me: null }
    if (typeof said?.member?.key !== "string") return { kind: "portal", me: null }
    await compareWithServer(said)
    return { kind: "answer", me: said }
  } catch {
    return { kind: "offline", me: null }
  }
}

/** What the server last heard reveals a loss that the cookie did not survive. @param {Me} me */
async function compareWithServer({ heard }) {
  if (!heard?.install) return
  await noteLosses({ install: install(), kept: { install: heard.install, count: heard.pending } })
}

/**
 * Fetches rules and people on duty, if they are others than those that are kept.
 *
 * @param {string | null} [tag] as the town calls the present ones; without it the town is asked in any case
 */
export async function fetchDuty(tag = null) {
  if (tag !== null && tag === dutyTag()) return
  const etag = dutyEtag()
  const { response, said } = await call("/phone/duty", etag ? { headers: { "If-None-Match": etag } } : {})
  if (response.status === 304) await keepDuty({ tag: tag ?? dutyTag(), at: now() })
  if (response.status !== 200 || !Array.isArray(said?.rules) || !Array.isArray(said?.people)) return
  const { rules, people, grids = [] } = said
  await keepDuty({ tag: tag ?? dutyTag(), etag: response.headers.get("ETag"), at: now(), rules, people, grids })
}

/** Lets the town know of unsent changes that a wiped browser took along. */
export async function tellLosses() {
  for (const { id, count, noticed_at } of await untoldLosses()) {
    const { response } = await call("/phone/losses", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ id, count, noticed_at }),
    })
    if (response.status === 200 || response.status === 201) await lossTold(id)
  }
}

let asked = false
let known = ""

/**
 * Beside the database, in case it is wiped; the first unsent change also asks the browser not to.
 * What was just saved is shown first.
 *
 * @param {number} count
 */
export function keepCount(count) {
  const now = `${present()?.member.key} ${count}`
  if (now === known) return
  known = now
  // A failure is no harm, the changes themselves are safe; it is tried again with the next count.
  setTimeout(() => countPending(count).catch(() => (known = "")))
  if (count && !asked) {
    asked = true
    askToPersist()
  }
}

/** @returns {Promise<boolean | null>} null: this browser has no such promise */
export async function askToPersist() {
  if (!navigator.storage?.persist) return null
  return navigator.storage.persist().catch(() => null)
}
