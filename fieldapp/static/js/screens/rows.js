// Rows of doors, drawn thirty at a time so that a long list answers at once.

import { now } from "../sync/clock.js"
import { one, place, say, view } from "./view.js"
import { plateOf, standing } from "./words.js"

/** @typedef {import("../store/book.js").Household} Household */

export const AT_ONCE = 30

/** @param {Household} household @param {import("./words.js").Standing} [there] */
export function doorRow(household, there = standing(household, now())) {
  const { id, fields } = household
  return view("door", {
    id,
    plate: plateOf(fields),
    head: fields.nickname ? say("{name} ({nickname})", { name: fields.head_name, nickname: fields.nickname }) : fields.head_name,
    icon: there.icon,
    tone: there.tone,
    state: there.words,
  })
}

/**
 * Shows `items` in the slot, the first thirty now and thirty more with each tap on "more".
 *
 * @template T
 * @param {ParentNode} part @param {string} slot @param {T[]} items @param {(item: T) => Node} draw @param {number} [shown]
 */
export function list(part, slot, items, draw, shown = shownIn(part, slot)) {
  place(part, slot, items.slice(0, shown).map(draw))
  const more = /** @type {HTMLButtonElement} */ (one(part, `[data-slot="${slot}"] ~ [data-action="more"]`))
  more.hidden = items.length <= shown
  one(more, "span").textContent = say("Show {n} more", { n: Math.min(AT_ONCE, items.length - shown) })
  // By now the part has moved into the page, and the fragment it came in is empty.
  more.onclick = () => list(one(document, "#main"), slot, items, draw, shown + AT_ONCE)
}

/** A list that is drawn anew stays as long as somebody made it. @param {ParentNode} part @param {string} slot */
function shownIn(part, slot) {
  return Math.max(AT_ONCE, one(part, `[data-slot="${slot}"]`).childElementCount)
}
