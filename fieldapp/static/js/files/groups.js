// How the lines of a file stand together: what is put right together, and how it is said.

import { say } from "../screens/view.js"
import { answer, dayWords, labelOf } from "../screens/words.js"
import { today } from "../sync/clock.js"

/** @typedef {Record<string, any>} Fields */
/** @typedef {{ name: string, icon: string, keys: string[], says?: (fields: Fields) => string }} Group */

/** @type {Record<string, Group[]>} */
export const GROUPS = {
  household: [
    { name: "door", icon: "doors", keys: ["address_text"] },
    { name: "head", icon: "me", keys: ["head_name", "nickname"] },
    { name: "phone", icon: "call", keys: ["no_phone", "head_phone"], says: phone },
    { name: "living", icon: "today", keys: ["occupied", "resident_n", "away_n"], says: living },
    { name: "care", icon: "heart", keys: ["care_tags", "tag_source", "tag_until"] },
    { name: "emergency", icon: "report", keys: ["emergency_name", "emergency_relation", "emergency_phone"] },
    { name: "helper", icon: "hands", keys: ["helper", "helper_phone"] },
    { name: "heating", icon: "stove", keys: ["heating"] },
    { name: "id", icon: "card", keys: ["head_id"] },
    { name: "match", icon: "town", keys: ["rh_match"] },
    { name: "order", icon: "move", keys: ["walk_no", "hh_no"], says: order },
    { name: "remark", icon: "pencil", keys: ["remark"] },
  ],
  person: [
    { name: "name", icon: "me", keys: ["name", "nickname"] },
    { name: "sex", icon: "me", keys: ["sex"] },
    { name: "age", icon: "date", keys: ["age", "birth_year"], says: years },
    { name: "relation", icon: "today", keys: ["relation"] },
    { name: "phone", icon: "call", keys: ["phone"] },
    { name: "care", icon: "heart", keys: ["person_tags"] },
    { name: "away", icon: "move", keys: ["away_place"] },
    { name: "id", icon: "card", keys: ["id_no"] },
    { name: "remark", icon: "pencil", keys: ["remark"] },
  ],
}

/** What the program or another screen settles. */
export const SETTLED = ["hh_no", "hh", "voided", "merged_into"]

/** @param {string} kind @param {string} name @returns {Group | undefined} */
export function groupOf(kind, name) {
  return GROUPS[kind]?.find((group) => group.name === name)
}

/** What the file says in one line; "" where it says nothing. @param {string} kind @param {Group} group @param {Fields} fields */
export function lineOf(kind, { keys, says }, fields) {
  if (says) return says(fields)
  return keys.filter((key) => isSaid(fields[key])).map((key) => valueOf(kind, key, fields[key])).join(say(", "))
}

/** @param {string} kind @param {Group} group */
export function nameOf(kind, { keys }) {
  return labelOf(kind, keys[0] === "no_phone" ? keys[1] : keys[0])
}

/** An answer as people say it; a day without its year, unless that is another one. @param {string} kind @param {string} key @param {unknown} value */
export function valueOf(kind, key, value) {
  if (key === "tag_until") return say("look again by {day}", { day: dayWithYear(String(value)) })
  return answer(kind, key, value)
}

/** @param {unknown} value */
export function isSaid(value) {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && !value.length)
}

/** @param {string} day ISO */
function dayWithYear(day) {
  return say("{day} {year}", { day: dayWords(day), year: day.slice(0, 4) })
}

/** @param {Fields} fields */
function phone({ no_phone, head_phone }) {
  return no_phone ? say("Has no telephone") : head_phone || ""
}

/** @param {Fields} fields */
function living({ occupied, resident_n, away_n }) {
  const people = say("{n} at home, {away} away", { n: resident_n ?? 0, away: away_n ?? 0 })
  return [answer("household", "occupied", occupied), people].filter(Boolean).join(say(", "))
}

/** A year of birth alone could be taken for something else. @param {Fields} fields */
function years({ age, birth_year }) {
  if (!birth_year) return isSaid(age) ? say("{n} years", { n: age }) : ""
  return say("born {year} ({n} years)", { year: birth_year, n: age ?? Number(today().slice(0, 4)) - birth_year })
}

/** @param {Fields} fields */
function order({ walk_no, hh_no }) {
  return [isSaid(walk_no) && say("Door {n} of the round", { n: walk_no }), hh_no].filter(Boolean).join(say(", "))
}

