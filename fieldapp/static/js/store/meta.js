// Small facts about the present member's data on this phone.

import { ask, tx } from "./open.js"

/** @param {string} key @returns {Promise<any>} undefined when never set */
export async function get(key) {
  return (await tx(["meta"], "readonly", ({ meta }) => ask(meta.get(key))))?.value
}

/** @returns {Promise<Record<string, any>>} */
export async function all() {
  const rows = await tx(["meta"], "readonly", ({ meta }) => ask(meta.getAll()))
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
}

/** @param {string} key @param {unknown} value */
export async function set(key, value) {
  await tx(["meta"], "readwrite", ({ meta }) => void meta.put({ key, value }))
}

/** When the roster was last complete, ISO 8601. @returns {Promise<string | null>} */
export async function rosterDate() {
  return (await get("roster_at")) || null
}
