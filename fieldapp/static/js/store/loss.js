// Browsers may wipe a phone's databases. The count of unsent changes is therefore also kept where
// such a wipe does not reach, so that people learn how much is missing, and the town too.

import { ask, uuid } from "./database.js"
import { phone } from "./phone.js"

/**
 * @typedef {{ id: string, count: number, noticed_at: string, told: boolean, dismissed: boolean }} Loss
 * @typedef {{ install: string, count: number }} Kept
 */

const KEPT_FOR_S = 400 * 24 * 60 * 60 // the longest that Chrome grants

/** @param {string} cookies @returns {Kept | null} */
export function readKept(cookies) {
  const found = /(?:^|;\s*)kept=([0-9a-f-]{36}):(\d{1,6})(?:;|$)/.exec(cookies)
  return found && { install: found[1], count: Number(found[2]) }
}

/** @param {Kept} kept */
export function keptCookie({ install, count }) {
  return `kept=${install}:${count}; Path=/phone; Max-Age=${KEPT_FOR_S}; SameSite=Lax`
}

/**
 * What vanished: the changes that the cookie or the server counted for an install that is no longer
 * here, or those that a member had when their database was gone. The id of what was lost is the id
 * of the loss, so that noticing it twice makes one.
 *
 * @param {{ install: string, kept: Kept | null, gone?: number }} seen
 * @returns {{ id: string, count: number } | null}
 */
export function lostAt({ install, kept, gone = 0 }) {
  if (kept && kept.install !== install && kept.count > 0) return { id: kept.install, count: kept.count }
  return gone > 0 ? { id: uuid(), count: gone } : null
}

/**
 * Writes down what is missing; resolves with all losses that nobody has dismissed.
 *
 * @param {{ install: string, kept: Kept | null, gone?: number }} seen
 * @returns {Promise<Loss[]>}
 */
export async function noteLosses(seen) {
  const lost = lostAt(seen)
  const losses = await phone.tx(["loss"], "readwrite", async ({ loss }) => {
    if (lost && !(await ask(loss.get(lost.id)))) loss.put(asLoss(lost))
    return ask(loss.getAll())
  }, "strict")
  if (lost) document.cookie = keptCookie({ install: seen.install, count: 0 })
  return losses.filter((loss) => !loss.dismissed)
}

/** Losses the town has not heard of. @returns {Promise<Loss[]>} */
export async function untoldLosses() {
  const losses = await phone.tx(["loss"], "readonly", ({ loss }) => ask(loss.getAll()))
  return losses.filter((loss) => !loss.told)
}

/** The town knows. @param {string} id */
export function lossTold(id) {
  return change(id, { told: true })
}

/** The member has read it. @param {string} id */
export function dismissLoss(id) {
  return change(id, { dismissed: true })
}

/** @param {string} id @param {Partial<Loss>} what */
function change(id, what) {
  return phone.tx(["loss"], "readwrite", async ({ loss }) => {
    const row = await ask(loss.get(id))
    if (row) loss.put({ ...row, ...what })
  })
}

/** @param {{ id: string, count: number }} lost @returns {Loss} */
function asLoss({ id, count }) {
  return { id, count, noticed_at: new Date().toISOString(), told: false, dismissed: false }
}
