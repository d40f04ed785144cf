// Rows of doors, drawn thirty at a time so that a long list answers at once.

import { now } from "../sync/clock.js"
import { one, say, shownOnce, view } from "./view.js"
import { plateOf, standing } from "./words.js"

/** @typedef {import("../store/book.js").Household} Household */

/**
 * @template T
 * @typedef {{ length: number, slice(from: number, to: number): T[] | Promise<T[]> }} Items
 *   what is shown at first is there at once; more may have to be fetched
 */

export const AT_ONCE = 30
const MORE_AT_ONCE = 20
/** Fills the screen of a phone; where it has to be quick, the others follow after the frame that shows these. */
const AT_FIRST = 10

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
 * Shows `items` in the slot, the first thirty now; each tap on "more" adds twenty below them.
 *
 * @template T
 * @param {ParentNode} part @param {string} slot @param {Items<T>} items @param {(item: T) => Node} draw
 * @param {{ soon?: boolean }} [how] soon: a screenful now, the others after the frame that shows it
 */
export function list(part, slot, items, draw, { soon = false } = {}) {
  const rows = one(part, `[data-slot="${slot}"]`)
  const more = /** @type {HTMLButtonElement} */ (one(part, `[data-slot="${slot}"] ~ [data-action="more"]`))
  const first = /** @type {T[]} */ (items.slice(0, soon ? AT_ONCE : shownIn(slot)))
  let shown = Math.max(AT_ONCE, first.length)
  const tellMore = () => {
    more.hidden = items.length <= shown
    one(more, "span").textContent = say("Show {n} more", { n: Math.min(MORE_AT_ONCE, items.length - shown) })
  }
  more.onclick = () => {
    const from = soon ? rows.childElementCount : shown // the last letter's rows may be on their way
    const next = items.slice(from, shown + MORE_AT_ONCE)
    if (next instanceof Array) rows.append(...next.map(draw))
    else next.then((those) => rows.append(...those.map(draw)))
    shown += MORE_AT_ONCE
    tellMore()
  }
  rows.replaceChildren(...first.slice(0, soon ? AT_FIRST : first.length).map(draw))
  if (soon) addSoon(rows, first.slice(AT_FIRST), draw)
  tellMore()
}

/** @type {WeakMap<HTMLElement, unknown>} */
const latest = new WeakMap()

/** After the next frame, unless the list was drawn anew before. @template T @param {HTMLElement} rows @param {T[]} items @param {(item: T) => Node} draw */
function addSoon(rows, items, draw) {
  latest.set(rows, items)
  const drawn = rows.lastElementChild
  shownOnce().then(() => {
    if (latest.get(rows) === items && rows.lastElementChild === drawn) rows.append(...items.map(draw))
  })
}

/** A list that is drawn anew stays as long as somebody made it. @param {string} slot */
export function shownIn(slot) {
  const before = document.querySelector(`#main [data-slot="${slot}"]`)
  return Math.max(AT_ONCE, Math.ceil((before?.childElementCount || 0) / AT_ONCE) * AT_ONCE)
}

/**
 * Notes where the first row in sight stands, once somebody has scrolled; what it returns puts that
 * row there again, so that nothing that came in above it moves it from under a finger.
 *
 * @param {HTMLElement} main @param {HTMLElement} scroll
 */
export function holdRows(main, scroll) {
  const top = scroll.getBoundingClientRect().top
  const links = /** @type {HTMLAnchorElement[]} */ (scroll.scrollTop ? Array.from(main.querySelectorAll("a.row")) : [])
  const seen = links.find((row) => row.getBoundingClientRect().bottom > top)
  const at = seen?.getBoundingClientRect().top || 0
  return () => {
    const again = seen && main.querySelector(`a.row[href="${seen.getAttribute("href")}"]`)
    if (again) scroll.scrollTop += again.getBoundingClientRect().top - at
  }
}
