// What may stand in a text: the twin of fieldapp/forms/texts.py.

// Written out, because `trim` and Python's `strip` do not agree on what a space is.
const BLANK = /[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/

const CONTROL = /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\p{Cs}]/u
const MARK = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/

const LETTER =
  "A-Za-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f" +
  "\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}"
const NAME = new RegExp(`^ *[${LETTER}][${LETTER} ·.'\\u2019\\-]*$`, "u")
const PHONE = /^(?:1[3-9][0-9]{9}|(?:0[0-9]{2,3}-?)?[0-9]{7,8})$/

/**
 * The codes of what a text must not hold, whatever it is about.
 * @param {string} text
 * @param {boolean} lines
 */
export function unwelcome(text, lines) {
  const codes = []
  if (CONTROL.test(text) || (!lines && text.includes("\n"))) codes.push("control_characters")
  if (MARK.test(text)) codes.push("direction_marks")
  return codes
}

/**
 * The text without the spaces around it. Not by a pattern: one that ends in `+$` takes the square
 * of the time for a long run of spaces in the middle.
 * @param {string} text
 */
export function trimmed(text) {
  let from = 0
  let until = text.length
  while (from < until && BLANK.test(text[from])) from += 1
  while (from < until && BLANK.test(text[until - 1])) until -= 1
  return text.slice(from, until)
}

/**
 * How long the server finds a text: it counts code points, so a simple emoji is one.
 * @param {string} text
 */
export const lengthOf = (text) => [...text].length

/** @param {string} text */
export const isName = (text) => NAME.test(text)

/** @param {string} text */
export const isPhone = (text) => PHONE.test(text)
