// From what people type to the value that is checked and sent. What cannot be read is handed on
// as it was typed, so that check.js can say what is wrong and nothing typed is lost.

import { asks } from "./check.js"
import { tidyId } from "./id_number.js"
import { trimmed } from "./texts.js"

/** @typedef {import("./definition.js").Field} Field */
/** @typedef {import("./definition.js").Form} Form */
/** @typedef {import("./definition.js").Answers} Answers */
/** @typedef {string | string[] | null | undefined} Typed  of an input, or of a group of boxes */

/**
 * The answers of a whole form: only what is asked and answered.
 * @param {Form} form
 * @param {Record<string, Typed>} typed  by field key
 * @returns {Answers}
 */
export function readForm(form, typed) {
  /** @type {Answers} */
  const answers = {}
  for (const field of form.fields) {
    if (!asks(field, answers)) continue
    const value = read(field, typed[field.key])
    if (value !== null) answers[field.key] = value
  }
  return answers
}

/**
 * What to send of a correction: what differs from before, and null for what is no answer any more.
 * @param {Form} form
 * @param {Answers} before  the record as it was shown
 * @param {Answers} after  readForm of what stands there now
 * @returns {Answers}
 */
export function changed(form, before, after) {
  /** @type {Answers} */
  const change = {}
  for (const { key } of form.fields) {
    const was = before[key] ?? null
    const is = after[key] ?? null
    if (JSON.stringify(was) !== JSON.stringify(is)) change[key] = is
  }
  return change
}

/**
 * The JSON value of one field; null where nothing is answered.
 * @param {Field} field
 * @param {Typed} typed
 * @returns {unknown}
 */
export function read(field, typed) {
  if (Array.isArray(typed)) {
    return field.type === "multi" || field.type === "photo"
      ? (typed.length ? typed : null)
      : read(field, typed[0])
  }
  if (!typed || !trimmed(typed)) return null
  return READS[field.type](field, typed)
}

/** @type {Record<Field["type"], (field: Field, typed: string) => unknown>} */
const READS = {
  text({ format, lines }, typed) {
    const text = trimmed(lines ? typed.replace(/\r\n?/g, "\n") : typed.replace(/[\t\r\n]+/g, " "))
    if (format === "cn_id") return numberOfCard(text)
    if (format === "phone") return numberOfPhone(text)
    // The dot in the names of other peoples has many keys; the register knows one.
    if (format === "name") return text.replace(/[\u2022\u2027\u30fb\uff65\uff0e]/g, "·").replace(/[ \u3000]+/g, " ")
    return text
  },

  int(_field, typed) {
    const digits = narrow(typed).replace(/[ ,]/g, "")
    return /^-?[0-9]{1,15}$/.test(digits) ? Number(digits) : typed
  },

  dec1({ highest }, typed) {
    // Decimal points of Chinese keyboards, and the unit that people write after the number.
    const number = narrow(typed).replace(/[\u3002,]/g, ".").replace(/ |\u2103|°C?|\u5ea6$/gi, "")
    if (/^-?[0-9]+\.[0-9]$/.test(number)) return number
    if (!/^[0-9]+$/.test(number)) return trimmed(typed)
    // "365" for 36.5: without its point a number is too large, and people leave the point out.
    const forgotPoint = number.length > 1 && Number(number) > Number(highest)
    return forgotPoint ? `${number.slice(0, -1)}.${number.slice(-1)}` : `${number}.0`
  },

  date(_field, typed) {
    const text = narrow(trimmed(typed))
    const found =
      // also with the Chinese signs of year, month and day
      /^([0-9]{4})[-/.\u5e74]([0-9]{1,2})[-/.\u6708]([0-9]{1,2})\u65e5?$/.exec(text) ??
      /^([0-9]{4})([0-9]{2})([0-9]{2})$/.exec(text)
    if (!found) return text
    const [, year, month, day] = found
    return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`
  },

  dt(_field, typed) {
    const text = trimmed(typed)
    const local = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?$/.exec(text)
    if (!local) return text
    return `${text}${local[1] ? "" : ":00"}+08:00` // the clock on the wall of the township
  },

  bool(_field, typed) {
    if (typed === "true") return true
    return typed === "false" ? false : typed
  },

  enum: (_field, typed) => typed,
  ref: (_field, typed) => typed,
  multi: (_field, typed) => [typed],
  photo: (_field, typed) => [typed],
}

/** @param {string} text */
function numberOfCard(text) {
  return tidyId(narrow(text).replace(/[\s·.-]/g, ""))
}

/** @param {string} text */
function numberOfPhone(text) {
  const number = narrow(text).replace(/\s/g, "").replace(/^\+?86-?(?=1[3-9])/, "")
  // The hyphens of "138-0000-0000" mean nothing; that of "0417-1234567" is kept as it is spoken.
  return number.startsWith("0") ? number : number.replace(/-/g, "")
}

/**
 * Full-width digits, letters, signs and spaces to their ASCII ones: Chinese keyboards give both.
 * @param {string} text
 */
function narrow(text) {
  return text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, " ")
}
