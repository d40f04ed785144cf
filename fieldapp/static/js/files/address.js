// Where a new household stands, without typing: the next number of the row, or beside a door.

import { say } from "../screens/view.js"

/** @typedef {import("../store/book.js").Household} Household */

/** @param {Household[]} doors of one grid, in walking order @param {Household | undefined} beside the door last looked at */
export function addresses(doors, beside) {
  const found = [nextNumber(doors)]
  const head = beside?.fields.head_name
  if (head) found.push(say("East of {name}", { name: head }), say("West of {name}", { name: head }), say("Behind {name}", { name: head }))
  return found.filter(Boolean).map((words) => ({ value: words, words }))
}

/** The number of the household in its grid, and its place at the end of the round. @param {string} grid @param {Household[]} doors */
export function numbers(grid, doors) {
  const tail = (/** @type {Household} */ { fields }) => Number(String(fields.hh_no || "").slice(-3)) || 0
  const last = Math.max(0, ...doors.map(tail))
  const walk = Math.max(0, ...doors.map(({ fields }) => Number(fields.walk_no) || 0))
  return { hh_no: grid + String(last + 1).padStart(3, "0"), walk_no: Math.min(walk + 1, 9999) }
}

/** "1组121号" after "1组120号". @param {Household[]} doors */
function nextNumber(doors) {
  let best = { number: 0, words: "" }
  for (const { fields } of doors) {
    const [, before = "", number = "", after = ""] = /^(.*?)(\d+)(\s*号)/.exec(fields.address_text || "") || []
    if (Number(number) > best.number) best = { number: Number(number), words: before + (Number(number) + 1) + after }
  }
  return best.words
}
