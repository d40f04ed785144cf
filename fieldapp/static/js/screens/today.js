// #/ : what was done today, and the doors to go to next, in walking order.

import { drafts } from "../store/drafts.js"
import { present } from "../store/open.js"
import * as roster from "../store/roster.js"
import { now, today } from "../sync/clock.js"
import { kinds } from "./kinds.js"
import { hook } from "./pack.js"
import { doorRow, list } from "./rows.js"
import { N_, one, place, say, view } from "./view.js"
import { plateOf, standing } from "./words.js"

const DONE_ROWS = 10
const SIGN = "#"

/** @returns {Promise<import("./view.js").Screen>} */
export async function draw() {
  const unfinished = (await drafts()).map(draftRow).filter((row) => row !== null)
  const at = now()
  const doors = roster.households().map((household) => ({ household, there: standing(household, at) }))
  const todo = doors.filter(({ there }) => there.todo)
  const finished = doors.filter(({ there }) => !there.todo && there.at).sort((a, b) => b.there.at - a.there.at)
  const visits = doors.map(({ household }) => seenToday(household)).filter(Boolean)
  const done = visits.filter((result) => result !== "nobody_home").length

  const part = view("today", {
    greeting: say("{name}, good to see you", { name: present()?.member.name }),
    grids: grids(),
    nobody: done < visits.length && say("Nobody home at {n} more; they are on the list again", { n: visits.length - done }),
    left: todo.length ? say("{n} in this round", { n: todo.length }) : "",
    all_done: doors.length && !todo.length,
    empty: !doors.length,
    finished: finished.length,
    unfinished: unfinished.length,
  })
  place(part, "unfinished", unfinished)
  one(part, "#done").replaceChildren(...counted(say("{n} doors done today", { n: SIGN }), done))
  light(part, done && Math.max(1, Math.round((10 * finished.length) / (finished.length + todo.length))))
  const joined = hook("todayItems")?.(doors, at)
  if (joined?.above) one(part, '[data-slot="due"]').append(joined.above)
  one(part, '[data-slot="due"]').hidden = !joined?.above
  list(part, "todo", joined ? joined.todo : todo, rowOf, { soon: !document.querySelector('#main [data-slot="todo"]') })
  place(part, "finished", finished.slice(0, DONE_ROWS).map(rowOf))
  return { part, refresh: "again" }
}

/** A door, or what the second pack knows to be due there. @param {{ household: import("../store/book.js").Household, there: import("./words.js").Standing, draw?: () => Node }} to */
function rowOf({ household, there, draw }) {
  return draw ? draw() : doorRow(household, there)
}

/** The doors that want a visit, in walking order. @param {number} at */
export function toVisit(at) {
  return roster.households().filter((household) => standing(household, at).todo)
}

/** The way back into a form that was left, if its door is still here. @param {import("../store/drafts.js").Draft} draft */
function draftRow({ key, fields }) {
  const [kind = "", id = ""] = key.split("/")
  if (kind === "health_check") return null // the check itself is in the list, and opens as it was left
  const home = roster.household(String(fields.hh || fields.stay_at || id)) || (fields.head_name ? { fields } : null)
  if (!home) return null
  const title = kind === "correct" ? N_("Put right") : kinds[kind]?.title // or unknown, before the second pack
  return view("draft", { key, kind, id, plate: plateOf(home.fields), head: home.fields.head_name, words: title && say(title) })
}

/** @param {import("../store/book.js").Household} household @returns {string | undefined} the best result of today */
function seenToday({ visits }) {
  const before = visits.findIndex(({ fields }) => !isToday(fields.occurred_at)) // the newest come first
  const results = visits
    .slice(0, before < 0 ? visits.length : before)
    .filter(({ fields }) => !fields.voided)
    .map(({ fields }) => fields.result)
  return results.find((result) => result !== "nobody_home") || results[0]
}

/** @param {string | undefined} iso */
function isToday(iso) {
  return !iso || today(Date.parse(iso)) === today()
}

function grids() {
  return (present()?.member.duties || []).map((duty) => duty.name).join(say(", "))
}

/** The sentence with its number standing out. @param {string} sentence @param {number} count */
function counted(sentence, count) {
  const [before = "", after = ""] = sentence.split(SIGN)
  const number = document.createElement("b")
  number.textContent = String(count)
  return [before, number, after]
}

/** One window of the street is lit for each tenth of the round. @param {DocumentFragment} part @param {number} count */
function light(part, count) {
  part.querySelectorAll("[data-window]").forEach((pane, at) => at < count && pane.setAttribute("data-lit", ""))
}
