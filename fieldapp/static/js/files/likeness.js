// Is this person, or this household, in the files already? Points for what speaks for it and against
// it; from ASK_FROM on, people are asked. It is only ever a question: nothing here stops anybody.
//
// Edit distance would call any two names of two characters alike. What people get wrong is the
// character for a sound, the name for the nickname, and whether a file was there at all.

import { alike } from "./sounds.js"

/** @typedef {import("./sounds.js").Sounds} Sounds */
/** @typedef {Record<string, any>} Fields  of a person's or a household's file */
/** @typedef {"same_name" | "same_sound" | "near_sound" | "nickname" | "id" | "household" | "phone" | "age" | "address"} Reason */
/** @typedef {{ points: number, reasons: Reason[] }} Likeness */

export const ASK_FROM = 5

// The same three characters are rarely two people of one village; the same two often are.
const POINTS = {
  same_name: { short: 4, long: 5 },
  same_sound: { short: 3, long: 4 },
  near_sound: { short: 2, long: 3 },
  nickname: 3,
  id: 4, // the last four agree: one pair in ten thousand does so by chance
  household: 2,
  phone: 2, // many families share one
  age: 1,
  address: 5,
}
const ONLY_CHARACTERS = /^[\u4e00-\u9fff]+$/
const AGAINST = { id: -8, sex: -4, age: -3 }
const SAME_AGE_YEARS = 1 // "age" and "year of birth" differ by one before a birthday
const OTHER_AGE_YEARS = 5 // up to here it may be the count from conception, or a guess

/**
 * How likely two files are of one person.
 *
 * @param {Fields} one @param {Fields} other @param {{ sounds: Sounds, year: number }} how year: the present one
 * @returns {Likeness}
 */
export function samePerson(one, other, { sounds, year }) {
  const named = likeName(one, other, sounds)
  const found = [
    named,
    likeId(one.id_no, other.id_no),
    one.hh && one.hh === other.hh ? said("household", POINTS.household) : none,
    likePhone(one.phone, other.phone),
    likeAge(bornIn(one, year), bornIn(other, year)),
    one.sex && other.sex && one.sex !== other.sex ? { points: AGAINST.sex, reasons: [] } : none,
  ]
  return sum(found)
}

/**
 * How likely two files are of one household.
 *
 * @param {Fields} one @param {Fields} other @param {{ sounds: Sounds }} how
 * @returns {Likeness}
 */
export function sameHousehold(one, other, { sounds }) {
  const heads = { name: one.head_name, nickname: one.nickname }
  const known = { name: other.head_name, nickname: other.nickname }
  const doors = plain(one.address_text)
  return sum([
    likeName(heads, known, sounds),
    likeId(one.head_id, other.head_id),
    likePhone(one.head_phone, other.head_phone),
    doors && doors === plain(other.address_text) ? said("address", POINTS.address) : none,
  ])
}

/**
 * The files to ask about, the likeliest first.
 *
 * @template {{ fields: Fields }} T
 * @param {Fields} fields @param {Iterable<T>} among @param {(one: Fields, other: Fields) => Likeness} like @param {number} [most]
 * @returns {(T & Likeness)[]}
 */
export function likely(fields, among, like, most = 3) {
  const found = []
  for (const file of among) {
    const likeness = like(fields, file.fields)
    if (likeness.points >= ASK_FROM) found.push({ ...file, ...likeness })
  }
  return found.sort((one, other) => other.points - one.points).slice(0, most)
}

/** @type {Likeness} */
const none = { points: 0, reasons: [] }

/** @param {Reason} reason @param {number} points @returns {Likeness} */
function said(reason, points) {
  return { points, reasons: [reason] }
}

/** @param {Likeness[]} found @returns {Likeness} */
function sum(found) {
  return {
    points: found.reduce((so_far, { points }) => so_far + points, 0),
    reasons: found.flatMap(({ reasons }) => reasons),
  }
}

/** @param {Fields} one @param {Fields} other @param {Sounds} sounds */
function likeName(one, other, sounds) {
  const [name, known] = [plain(one.name), plain(other.name)]
  const length = [...name].length > 2 ? "long" : "short"
  if (name && name === known) return said("same_name", POINTS.same_name[length])
  const heard = alike(name, known, sounds)
  if (heard === "same") return said("same_sound", POINTS.same_sound[length])
  if (heard === "near") return said("near_sound", POINTS.near_sound[length])
  const nicknames = [plain(one.nickname), plain(other.nickname)]
  const [mine, theirs] = nicknames
  const called = (mine && (mine === theirs || mine === known)) || (theirs && theirs === name)
  return called ? said("nickname", POINTS.nickname) : none
}

/** The masks that the township sends back show the last four. @param {unknown} one @param {unknown} other */
function likeId(one, other) {
  const [mine, theirs] = [tail(one), tail(other)]
  if (!mine || !theirs) return none
  return mine === theirs ? said("id", POINTS.id) : { points: AGAINST.id, reasons: [] }
}

/** @param {unknown} one @param {unknown} other */
function likePhone(one, other) {
  const digits = String(one || "").replace(/\D/g, "")
  return digits && digits === String(other || "").replace(/\D/g, "") ? said("phone", POINTS.phone) : none
}

/** @param {number | null} one @param {number | null} other @returns {Likeness} */
function likeAge(one, other) {
  if (one === null || other === null) return none
  const apart = Math.abs(one - other)
  if (apart <= SAME_AGE_YEARS) return said("age", POINTS.age)
  return apart > OTHER_AGE_YEARS ? { points: AGAINST.age, reasons: [] } : none
}

/** @param {Fields} fields @param {number} year */
function bornIn({ birth_year, age, id_no }, year) {
  const [, born] = /^[0-9]{6}((?:19|20)[0-9]{2})/.exec(String(id_no || "")) || []
  if (born) return Number(born)
  if (Number.isInteger(birth_year)) return Number(birth_year)
  return Number.isInteger(age) ? year - Number(age) : null
}

/** @param {unknown} id */
function tail(id) {
  const text = String(id || "").normalize("NFKC").toUpperCase().trim()
  return text.length >= 15 ? text.slice(-4) : ""
}

/** Without spaces, dots and the width of signs, which people write as they please. @param {unknown} text */
function plain(text) {
  if (typeof text === "string" && ONLY_CHARACTERS.test(text)) return text
  return String(text || "").normalize("NFKC").toLowerCase().replace(/[\s·.,，。()（）-]/g, "")
}
