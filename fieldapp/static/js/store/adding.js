// How a change gets onto the disk.

import { stamp } from "../sync/clock.js"
import { ask, tx } from "./open.js"

/** @typedef {import("./outbox.js").Change} Change */
/** @typedef {import("./outbox.js").Entry} Entry */

export const UNDO_MS = 10_000

/**
 * The quick way: everything is asked for and committed at once, without a trip to look first.
 *
 * @param {Change[]} changes @param {number} now @param {string} [draft]
 * @returns {Promise<Entry[] | null>} null: one of the ids is there already, and nothing was written
 */
export async function addAll(changes, now, draft) {
  const entries = changes.map((change) => entryOf(change, now))
  try {
    return await tx(draft ? ["outbox", "draft"] : ["outbox"], "readwrite", async ({ outbox, draft: drafts }) => {
      const asked = entries.map((entry) => ask(outbox.add(entry)))
      if (draft) drafts.delete(draft)
      outbox.transaction.commit?.()
      const numbers = await Promise.all(asked)
      return entries.map((entry, at) => ({ ...entry, seq: Number(numbers[at]) }))
    }, "strict")
  } catch (error) {
    if (/** @type {Error} */ (error).name === "ConstraintError") return null
    throw error
  }
}

/** Those that are not there yet; of the others, what is there. @param {Change[]} changes @param {number} now @param {string} [draft] @returns {Promise<Entry[]>} */
export async function addMissing(changes, now, draft) {
  return tx(["outbox", "draft"], "readwrite", async ({ outbox, draft: drafts }) => {
    if (draft) drafts.delete(draft)
    return Promise.all(changes.map((change) => addOnce(outbox, change, now)))
  }, "strict")
}

/** @param {IDBObjectStore} outbox @param {Change} change @param {number} now @returns {Promise<Entry>} */
async function addOnce(outbox, change, now) {
  const there = await ask(outbox.index("id").get(change.id))
  if (there) return there
  const entry = entryOf(change, now)
  const seq = await ask(outbox.add(entry))
  return { ...entry, seq: Number(seq) }
}

/** @param {Change} change @param {number} now @returns {Omit<Entry, "seq">} */
export function entryOf(change, now) {
  return {
    ...change,
    made_at: stamp(now),
    send_after: now + UNDO_MS,
    state: "waiting",
    answered_at: null,
    errors: {},
    receipt: receiptCode(change.id),
    over: 1,
  }
}

/** A word that can be read out on the telephone: "A7F2". @param {string} id */
export function receiptCode(id) {
  return id.slice(0, 4).toUpperCase()
}
