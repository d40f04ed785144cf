// Which of the waiting changes leave first. Pure.

/** @typedef {import("./outbox.js").Entry} Entry */

/**
 * Urgent changes before all others, each with what it depends on: the changes made before it to
 * its record and to the records it names, which the town must know to understand it.
 *
 * @param {Entry[]} entries in the order they were made
 * @returns {Entry[]}
 */
export function urgentFirst(entries) {
  if (!entries.some(({ urgent }) => urgent)) return entries
  /** @type {Set<string>} */
  const needed = new Set()
  const first = new Set()
  for (const entry of entries.slice().reverse()) {
    if (!entry.urgent && !needed.has(entry.record)) continue
    first.add(entry)
    for (const id of [entry.record, ...Object.values(entry.fields)]) if (typeof id === "string") needed.add(id)
  }
  return [...entries.filter((entry) => first.has(entry)), ...entries.filter((entry) => !first.has(entry))]
}
