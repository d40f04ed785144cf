// What was saved on this phone. An entry leaves only 30 days after the server had it durably.

import { stamp } from "../sync/clock.js"
import { addAll, addMissing, entryOf, UNDO_MS } from "./adding.js"
import { closeDraft, dropDraft, reopenDraft } from "./drafts.js"
import { ask, install, present, tell, tx } from "./open.js"
import { isPractice, practiceChain, practise, practised, unpractise } from "./practice.js"
import { urgentFirst } from "./urgent.js"

export { receiptCode, UNDO_MS } from "./adding.js"

/**
 * @typedef {"waiting" | "sent" | "accepted" | "duplicate" | "held" | "problem" | "practice"} State
 *   sent: it has left, and no answer came yet. problem: this server cannot take it as it is.
 *   practice: of the practice household; such an entry is never in the outbox
 * @typedef {{ who: string, where: string }} Label words for people, who do not read ids
 * @typedef {object} Change
 * @property {string} id
 * @property {string} kind
 * @property {string} record
 * @property {number | null} base the version that was seen; null for a new record
 * @property {number} form
 * @property {string} grid
 * @property {Record<string, unknown>} fields
 * @property {Label} [label]
 * @property {boolean} [urgent] an alert: it leaves before what was saved earlier, with all it depends on
 * @typedef {Change & {
 *   seq: number, made_at: string, send_after: number, state: State, answered_at: number | null,
 *   errors: Record<string, string[]>, receipt: string, over?: 1,
 * }} Entry
 * @typedef {{ id: string, status: "accepted" | "duplicate" | "held", errors?: Record<string, string[]> }} Result
 */

const CORRECT_MS = 24 * 60 * 60 * 1000
const COPIES_MS = 30 * 24 * 60 * 60 * 1000
/** Up to how many rows are read for each that is wanted: fewer requests are worth some rows more. */
const SPREAD = 4
/** @type {State[]} */
const UNSENT = ["waiting", "sent"]

/**
 * Keeps a change; resolves when it is on the disk, and only then may anybody say "saved".
 *
 * @param {Change} change
 * @param {{ draft?: string, now?: number }} [options] draft: key of the form's draft, gone in the same moment
 * @returns {Promise<Entry>}
 */
export async function keep(change, options) {
  const [entry] = await keepAll([change], options)
  return entry
}

/**
 * Keeps changes that belong together: all of them or none.
 *
 * An id that is there already gives the entry that is there: six taps make one record.
 *
 * @param {Change[]} changes
 * @param {{ draft?: string, now?: number }} [options]
 * @returns {Promise<Entry[]>}
 */
export async function keepAll(changes, { draft, now = Date.now() } = {}) {
  if (draft) closeDraft(draft)
  if (changes.some(isPractice)) {
    if (draft) await dropDraft(draft)
    const entries = changes.map((change) => practise({ ...entryOf(change, now), state: "practice", seq: 0 }))
    tell("roster")
    return entries
  }
  try {
    const added = await addAll(changes, now, draft)
    const entries = added || (await addMissing(changes, now, draft))
    tell("outbox", { kept: entries, counted: added !== null })
    return entries
  } catch (error) {
    if (draft) reopenDraft(draft)
    throw error
  }
}

/**
 * Takes back what was saved less than ten seconds ago and has not left: all of it or nothing.
 *
 * @param {string | string[]} ids
 * @param {number} [now]
 * @returns {Promise<Entry[] | null>} null: too late, it can only be corrected now
 */
export async function undo(ids, now = Date.now()) {
  const tried = practised([ids].flat())
  if (tried.length) {
    unpractise(tried)
    tell("roster")
    return tried
  }
  const undone = await tx(["outbox"], "readwrite", async ({ outbox }) => {
    /** @type {(Entry | undefined)[]} */
    const entries = await Promise.all([ids].flat().map((id) => ask(outbox.index("id").get(id))))
    const still = entries.filter((entry) => entry && entry.state === "waiting" && !isDue(entry, now))
    if (still.length < entries.length) return null
    return /** @type {Entry[]} */ (still).map((entry) => (outbox.delete(entry.seq), entry))
  }, "strict")
  if (undone) tell("outbox", { undone, counted: true })
  return undone
}

/** Everything that is still here, newest first. @returns {Promise<Entry[]>} */
export async function all() {
  const entries = await tx(["outbox"], "readonly", ({ outbox }) => ask(outbox.getAll()))
  return entries.reverse()
}

/**
 * The newest in some states. Reads no more than that: a list shows thirty of a thousand.
 *
 * @param {State[]} states @param {number} most
 * @returns {Promise<{ entries: Entry[], count: number }>} count: of all in these states
 */
export function newest(states, most) {
  return tx(["outbox"], "readonly", async ({ outbox }) => {
    const numbers = await Promise.all(states.map((state) => ask(outbox.index("state").getAllKeys(state))))
    const seqs = /** @type {number[]} */ (numbers.flat()).sort((one, other) => other - one)
    return { entries: await those(outbox, seqs.slice(0, most)), count: seqs.length }
  })
}

/** In one go where they lie close together. @param {IDBObjectStore} outbox @param {number[]} seqs falling @returns {Promise<Entry[]>} */
async function those(outbox, seqs) {
  const [newest] = seqs
  const oldest = seqs[seqs.length - 1]
  if (newest - oldest < SPREAD * seqs.length) {
    /** @type {Entry[]} */
    const near = await ask(outbox.getAll(IDBKeyRange.bound(oldest, newest)))
    return near.filter(({ seq }) => seqs.includes(seq)).reverse()
  }
  return Promise.all(seqs.map((seq) => ask(outbox.get(seq))))
}

/** What the server does not have for sure, in the order it was made. @returns {Promise<Entry[]>} */
export function pending() {
  return tx(["outbox"], "readonly", ({ outbox }) => inStates(outbox, UNSENT))
}

/** @param {string} id @returns {Promise<Entry | undefined>} */
export function entry(id) {
  return tx(["outbox"], "readonly", ({ outbox }) => ask(outbox.index("id").get(id)))
}

/** The changes to one record made on this phone, in order. @param {string} record @returns {Promise<Entry[]>} */
export async function chain(record) {
  const tried = practiceChain(record)
  return tried.length ? tried : tx(["outbox"], "readonly", ({ outbox }) => ask(outbox.index("record").getAll(record)))
}

/** Those that the roster does not show yet. @returns {Promise<Entry[]>} */
export function unsettled() {
  return tx(["outbox"], "readonly", ({ outbox }) => unsettledIn(outbox))
}

/** Inside a transaction: those that the roster does not show yet. @param {IDBObjectStore} outbox @returns {Promise<Entry[]>} */
export function unsettledIn(outbox) {
  return ask(outbox.index("over").getAll())
}

/** @returns {Promise<{ waiting: number, problem: number, held: number }>} waiting: not surely at the town */
export function counts() {
  return tx(["outbox"], "readonly", async ({ outbox }) => {
    const state = outbox.index("state")
    const [waiting, sent, problem, held] = await Promise.all(
      [...UNSENT, "problem", "held"].map((name) => ask(state.count(name))),
    )
    return { waiting: waiting + sent, problem, held }
  })
}

/** Sends a problem once more. @param {string} [id] all problems, when absent */
export async function retry(id) {
  await tx(["outbox"], "readwrite", async ({ outbox }) => {
    for (const there of await inStates(outbox, ["problem"])) {
      if (!id || there.id === id) outbox.put({ ...there, state: "waiting", errors: {} })
    }
  })
  tell("outbox")
}

/** The last resort: everything unsent as a file that can be carried to the town. */
export async function exportUnsent() {
  const changes = await tx(["outbox"], "readonly", ({ outbox }) =>
    inStates(outbox, [...UNSENT, "problem"]),
  )
  const made_at = stamp(Date.now())
  const who = present()?.member
  const text = JSON.stringify({ protocol: 1, device: install(), member: who, made_at, changes: changes.map(asSent) })
  return { name: `fieldapp-${made_at.slice(0, 10)}.json`, text, count: changes.length }
}

/** Twenty-four hours in which "I pressed the wrong one" needs nobody's leave. @param {Entry} entry @param {number} [now] */
export function mayCorrect(entry, now = Date.now()) {
  return now - Date.parse(entry.made_at) < CORRECT_MS
}

/** A change as the server reads it. @param {Entry} entry */
export function asSent({ id, kind, record, base, form, grid, made_at, fields }) {
  return { id, kind, record, base, form, grid, made_at, fields }
}

/**
 * Takes the next changes to send, urgent ones first and then in order, and marks that they have left: no undo from here.
 *
 * @param {{ most: number, most_chars: number, asked_at?: number, now?: number }} limits
 *   asked_at: when somebody tapped "send": what was saved until then does not wait for its undo time
 * @returns {Promise<{ picked: Entry[], left: number, next_at: number | null }>} left: unsent after these; next_at: when more is due
 */
export function pick({ most, most_chars, asked_at = -Infinity, now = Date.now() }) {
  const by = Math.max(now, asked_at + UNDO_MS)
  return tx(["outbox"], "readwrite", async ({ outbox }) => {
    const unsent = await inStates(outbox, UNSENT)
    const problems = await ask(outbox.index("state").count("problem"))
    const wait = unsent.findIndex((entry) => !isDue(entry, by))
    const due = wait < 0 ? unsent : unsent.slice(0, wait)
    const ordered = urgentFirst(due)
    const picked = ordered.slice(0, fitting(ordered, most, most_chars))
    for (const entry of picked) if (entry.state === "waiting") outbox.put(leave(entry))
    return {
      picked,
      left: unsent.length - picked.length + problems,
      next_at: wait < 0 ? null : unsent[wait].send_after,
    }
  })
}

/** The server cannot take this one: it steps aside, so that the others go on. @param {string} id @param {string} reason */
export async function setAside(id, reason) {
  await tx(["outbox"], "readwrite", async ({ outbox }) => {
    const there = await ask(outbox.index("id").get(id))
    if (there) outbox.put({ ...there, state: "problem", errors: { "": [reason] } })
  }, "strict")
  tell("outbox")
}

/** Inside a transaction: writes down the server's answers. @param {IDBObjectStore} outbox @param {Result[]} results @param {number} now */
export async function mark(outbox, results, now) {
  for (const { id, status, errors = {} } of results) {
    const there = await ask(outbox.index("id").get(id))
    if (there) outbox.put({ ...there, state: status, errors, answered_at: now })
  }
}

/** Inside a transaction: the server lost its memory, so all it ever acknowledged is offered again. @param {IDBObjectStore} outbox */
export async function offerAgain(outbox) {
  for (const there of await inStates(outbox, ["accepted", "duplicate", "held", "problem"])) {
    outbox.put({ ...there, state: "sent", errors: {}, answered_at: null, over: 1 })
  }
}

/** Drops the copies that have served their thirty days. @param {number} now by the server's clock, in ms */
export function forgetOld(now) {
  return tx(["outbox"], "readwrite", async ({ outbox }) => {
    for (const there of await inStates(outbox, ["accepted", "duplicate", "held"])) {
      if (now - (there.answered_at ?? now) > COPIES_MS) outbox.delete(there.seq)
    }
  })
}

/** @param {Entry} entry @returns {Entry} */
function leave(entry) {
  return { ...entry, state: "sent" }
}

/** Also due when the phone's clock was set back meanwhile. @param {Entry} entry @param {number} now */
function isDue({ send_after, state }, now) {
  return state === "sent" || send_after <= now || send_after - now > UNDO_MS
}

/** How many fit into one request; always one. @param {Entry[]} entries @param {number} most @param {number} most_chars */
function fitting(entries, most, most_chars) {
  let chars = 0
  let count = 0
  for (const entry of entries.slice(0, most)) {
    chars += JSON.stringify(asSent(entry)).length
    if (count && chars > most_chars) break
    count += 1
  }
  return count
}

/** @param {IDBObjectStore} outbox @param {State[]} states @returns {Promise<Entry[]>} */
async function inStates(outbox, states) {
  const found = await Promise.all(states.map((state) => ask(outbox.index("state").getAll(state))))
  return found.flat().sort((one, other) => one.seq - other.seq)
}
