// What is being typed, kept so that a dead battery costs at most the last third of a second.

import { ask, tell, tx } from "./open.js"

/**
 * @typedef {object} Draft
 * @property {string} key
 * @property {string} id the id that the change will have, minted when the form was opened
 * @property {number} form
 * @property {Record<string, unknown>} fields
 * @property {number} [at]
 */

const PAUSE_MS = 300

/** @type {Map<string, Draft>} */
const waiting = new Map()
/** Forms that were saved: a late keystroke must not bring their draft back. @type {Set<string>} */
const closed = new Set()
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer

/** The draft of a form that is being opened. @param {string} key @returns {Promise<Draft | undefined>} */
export async function openDraft(key) {
  await flush()
  closed.delete(key)
  return tx(["draft"], "readonly", ({ draft }) => ask(draft.get(key)))
}

/** @returns {Promise<Draft[]>} */
export async function drafts() {
  await flush()
  return tx(["draft"], "readonly", ({ draft }) => ask(draft.getAll()))
}

/** Writes soon; a failure is told as `draft-failed`. @param {Draft} draft */
export function writeDraft(draft) {
  if (closed.has(draft.key)) return
  waiting.set(draft.key, { ...draft, at: Date.now() })
  clearTimeout(timer)
  timer = setTimeout(flush, PAUSE_MS)
}

/** Writes now. Never rejects: what could not be written is tried again with the next keystroke. */
export async function flush() {
  clearTimeout(timer)
  if (!waiting.size) return
  const rows = Array.from(waiting.values())
  waiting.clear()
  try {
    await tx(["draft"], "readwrite", ({ draft }) => rows.forEach((row) => draft.put(row)))
  } catch (error) {
    for (const row of rows) if (!waiting.has(row.key)) waiting.set(row.key, row)
    tell("draft-failed", error)
  }
}

/** @param {string} key */
export async function dropDraft(key) {
  closeDraft(key)
  await tx(["draft"], "readwrite", ({ draft }) => void draft.delete(key))
}

/** From now on keystrokes for `key` are ignored, until its form is opened again. @param {string} key */
export function closeDraft(key) {
  waiting.delete(key)
  closed.add(key)
}

/** The save failed: the form is still open. @param {string} key */
export function reopenDraft(key) {
  closed.delete(key)
}

if ("document" in globalThis) {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") flush()
  })
  addEventListener("pagehide", () => void flush())
}
