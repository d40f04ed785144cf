// "Is it one of these?" beside a name that is being entered. A question, and never in the way.

import * as roster from "../store/roster.js"
import { today } from "../sync/clock.js"
import { N_, place, say, view } from "../screens/view.js"
import { plateOf } from "../screens/words.js"
import { likely, sameHousehold, samePerson } from "./likeness.js"
import { sounds } from "./table.js"
import { aboutPerson } from "./people.js"

/** @typedef {Record<string, any>} Fields */
/** @typedef {{ record: string, fields: Fields }} File */
/** @typedef {import("./likeness.js").Likeness} Likeness */
/** @typedef {{ route: string, id: string, plate: string, name: string, why: string }} Line */

const PAUSE_MS = 250

/** @type {Record<string, string>} */
const WHY = {
  same_name: N_("same name"),
  same_sound: N_("the name sounds the same"),
  near_sound: N_("the name sounds much the same"),
  nickname: N_("known by this name"),
  id: N_("same last four of the ID number"),
  household: N_("same household"),
  phone: N_("same telephone"),
  age: N_("same age"),
  address: N_("same door"),
}

/** The files of people who may be this one. @param {Fields} fields @param {string} [but] a record that is not asked about */
export async function likePeople(fields, but) {
  const heard = await sounds()
  const how = { sounds: heard, year: Number(today().slice(0, 4)) }
  const among = roster.recordsOf("person").filter(({ record, fields: { voided } }) => !voided && record !== but)
  return likely(fields, among, (one, other) => samePerson(one, other, how))
}

/** @param {Fields} fields @param {string} [but] */
export async function likeHouseholds(fields, but) {
  const how = { sounds: await sounds() }
  const among = roster.households().filter(({ id }) => id !== but).map(({ id, fields }) => ({ record: id, fields }))
  return likely(fields, among, (one, other) => sameHousehold(one, other, how))
}

/** @param {File & Likeness} found @returns {Line} */
export function personLine({ record, fields, reasons }) {
  const home = roster.household(fields.hh)
  const about = [aboutPerson(fields), ...words(reasons)].filter(Boolean).join(say(", "))
  return { route: "person", id: record, plate: home ? plateOf(home.fields) : "·", name: fields.name, why: about }
}

/** @param {File & Likeness} found @returns {Line} */
export function householdLine({ record, fields, reasons }) {
  return { route: "file", id: record, plate: plateOf(fields), name: fields.head_name, why: words(reasons).join(say(", ")) }
}

/** The question with its lines. @param {string} question @param {Line[]} lines */
export function likelyView(question, lines) {
  const part = view("likely", { question })
  place(part, "likely", lines.map((line) => view("likely-row", { ...line })))
  return part
}

/**
 * Asks below the question `key` of a form, whenever `find` finds somebody; to be called with each
 * change of what is typed.
 *
 * @param {string} key @param {string} question @param {(fields: Fields) => Promise<Line[]>} find
 * @returns {(fields: Fields) => void}
 */
export function asking(key, question, find) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  let shown = ""
  return (fields) => {
    clearTimeout(timer)
    timer = setTimeout(async () => {
      const lines = await find(fields)
      const now = lines.map(({ id, why }) => id + why).join()
      if (now === shown) return // else the line would be read out again with every letter
      shown = now
      const box = document.querySelector(`[data-question="${key}"]`)
      box?.parentElement?.querySelector("[data-likely]")?.remove()
      if (lines.length) box?.after(likelyView(question, lines))
    }, PAUSE_MS)
  }
}

/** @param {string[]} reasons */
function words(reasons) {
  return reasons.map((reason) => say(WHY[reason]))
}
