// Checks answers against a definition, offline, as fieldapp/forms/form.py does on the server.
// tests/contract/form_cases.json holds the two together.

import { dayAt, isDate, localDay, momentAt, momentMs } from "./days.js"
import { flaw, isMasked } from "./id_number.js"
import { isName, isPhone, lengthOf, trimmed, unwelcome } from "./texts.js"

/** @typedef {import("./definition.js").Form} Form */
/** @typedef {import("./definition.js").Field} Field */
/** @typedef {import("./definition.js").When} When */
/** @typedef {import("./definition.js").Answers} Answers */
/** @typedef {string[] | null} Verdict  codes; none when all is well; null where nothing is answered */

/**
 * The codes of what is wrong, by field key; an empty object when all is well.
 *
 * Of a correction (`whole: false`) only what is given is looked at: a key that is absent means
 * "unchanged", a null "no answer any more".
 *
 * @param {Form} form
 * @param {Answers} fields  JSON values, not what was typed: see read.js
 * @param {{ now: Date, whole: boolean }} when
 * @returns {Record<string, string[]>}
 */
export function check(form, fields, { now, whole }) {
  if (typeof fields !== "object" || !fields || Array.isArray(fields)) return { "": ["wrong_type"] }

  const known = new Map(form.fields.map((field) => [field.key, field]))
  /** @type {Map<string, string[]>} */
  const errors = new Map()
  const blank = new Set()

  for (const [key, value] of Object.entries(fields)) {
    const field = known.get(key)
    const verdict = field ? CHECKS[field.type](field, value, fields, now) : ["unknown_field"]
    if (verdict === null) blank.add(key)
    else if (verdict.length) errors.set(key, verdict)
  }

  for (const field of form.fields) {
    const code = presence(field, fields, { answered: isGiven(field, fields, blank), whole })
    if (code) errors.set(field.key, [code])
    else if (field.sensitive && isMask(fields[field.key])) lookAtMask(field.key, errors, whole)
  }

  return Object.fromEntries(errors)
}

/**
 * Whether a field is to be answered, given the other answers.
 * @param {Field} field
 * @param {Answers} answers
 */
export function asks(field, answers) {
  return !field.when || holds(field.when, answers[field.when.key])
}

/**
 * @param {Field} field
 * @param {Answers} fields
 * @param {{ answered: boolean, whole: boolean }} how
 */
function presence(field, fields, { answered, whole }) {
  const given = field.key in fields
  if (!given && !whole) return ""
  if (field.when && !whole && !(field.when.key in fields)) return "" // not known here
  if (asks(field, fields)) return field.required && !answered ? "required" : ""
  return answered && !field.unasked_ok ? "not_asked" : ""
}

/**
 * @param {Field} field
 * @param {Answers} fields
 * @param {Set<string>} blank
 */
function isGiven(field, fields, blank) {
  return field.key in fields && !blank.has(field.key)
}

/**
 * A mask sent back means "unchanged"; a new record has nothing that could be meant.
 * @param {string} key
 * @param {Map<string, string[]>} errors
 * @param {boolean} whole
 */
function lookAtMask(key, errors, whole) {
  if (whole) errors.set(key, ["only_masked"])
  else errors.delete(key)
}

/** @param {unknown} value */
const isMask = (value) => typeof value === "string" && isMasked(value)

/**
 * @param {When} when
 * @param {unknown} answer
 */
function holds(when, answer) {
  if (Array.isArray(answer)) {
    return answer.some((one) => typeof one === "string" && when.in.includes(one))
  }
  return when.in.includes(/** @type {string | boolean} */ (answer))
}

/** @type {Record<Field["type"], (field: Field, value: unknown, fields: Answers, now: Date) => Verdict>} */
const CHECKS = {
  text(field, value, fields, now) {
    if (typeof value !== "string") return value === null ? null : ["wrong_type"]
    const content = trimmed(value)
    if (!content) return null
    const codes = unwelcome(value, Boolean(field.lines))
    if (lengthOf(value) > (field.max_length ?? 0)) codes.push("too_long")
    else if (lengthOf(content) < (field.min_length ?? 0)) codes.push("too_short")
    return codes.length ? codes : formatFlaws(field, content, fields, now)
  },

  int(field, value, _fields, now) {
    if (!Number.isInteger(value)) return value === null ? null : ["wrong_type"]
    if (Number(value) < numberAt(field.lowest, field.lowest_is, now)) return ["too_low"]
    return Number(value) > numberAt(field.highest, field.highest_is, now) ? ["too_high"] : []
  },

  dec1(field, value) {
    if (typeof value !== "string") return value === null ? null : ["wrong_type"]
    if (!/^-?[0-9]{1,4}\.[0-9]$/.test(value)) return ["not_one_decimal"]
    if (tenths(value) < tenths(field.lowest)) return ["too_low"]
    return tenths(value) > tenths(field.highest) ? ["too_high"] : []
  },

  date(field, value, fields, now) {
    if (typeof value !== "string") return value === null ? null : ["wrong_type"]
    if (!isDate(value)) return ["not_a_date"]
    if (value < boundDay(field.lowest, field.lowest_is, now)) {
      return [field.lowest_is === "today" ? "in_past" : "too_long_ago"]
    }
    if (value > boundDay(field.highest, field.highest_is, now)) {
      return [field.highest_is === "today" ? "in_future" : "too_high"]
    }
    const earliest = fields[field.not_before ?? ""]
    const latest = fields[field.not_after ?? ""]
    if (isDate(earliest) && value < earliest) return ["out_of_order"]
    return isDate(latest) && value > latest ? ["out_of_order"] : []
  },

  dt({ lowest_is = "", highest_is = "", unless }, value, fields, now) {
    if (typeof value !== "string") return value === null ? null : ["wrong_type"]
    const moment = momentMs(value)
    if (Number.isNaN(moment)) return ["not_a_time"]
    if (moment > momentAt(highest_is, now)) return ["in_future"]
    if (moment >= momentAt(lowest_is, now)) return []
    const excused = unless && isSaid(fields[unless.key]) && moment >= momentAt(unless.lowest_is, now)
    return excused ? [] : ["too_long_ago"]
  },

  bool(_field, value) {
    if (typeof value === "boolean") return []
    return value === null ? null : ["wrong_type"]
  },

  enum({ choices = [] }, value) {
    if (typeof value !== "string") return value === null ? null : ["wrong_type"]
    return choices.includes(value) ? [] : ["not_a_choice"]
  },

  multi({ choices = [], exclusive }, value) {
    if (isNoList(value)) return null
    if (!isListOfText(value)) return ["wrong_type"]
    if (!value.every((one) => choices.includes(one))) return ["not_a_choice"]
    if (new Set(value).size < value.length) return ["repeated"]
    return exclusive && value.includes(exclusive) && value.length > 1 ? ["not_alone"] : []
  },

  ref(_field, value) {
    if (typeof value !== "string") return value === null ? null : ["wrong_type"]
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
    return uuid.test(value) ? [] : ["bad_reference"]
  },

  photo(field, value) {
    if (isNoList(value)) return null
    if (!isListOfText(value)) return ["wrong_type"]
    if (value.length > (field.max_length ?? 0)) return ["too_long"]
    return value.every((one) => /^[0-9a-f]{64}$/.test(one)) ? [] : ["bad_reference"]
  },
}

/**
 * @param {Field} field
 * @param {string} content
 * @param {Answers} fields
 * @param {Date} now
 */
function formatFlaws({ format, format_when }, content, fields, now) {
  if (format === "name") return isName(content) ? [] : ["bad_name"]
  if (format === "phone") return isPhone(content) ? [] : ["bad_phone"]
  if (format !== "cn_id" || (format_when && !holds(format_when, fields[format_when.key]))) return []
  const code = flaw(content, localDay(now))
  return code ? [code] : []
}

/** @param {unknown} value */
const isSaid = (value) => typeof value === "string" && trimmed(value) !== ""

/** @param {unknown} value */
const isNoList = (value) => value === null || (Array.isArray(value) && !value.length)

/**
 * @param {unknown} value
 * @returns {value is string[]}
 */
const isListOfText = (value) =>
  Array.isArray(value) && value.every((one) => typeof one === "string")

/** @param {number|string|undefined} number */
const tenths = (number) => Number(String(number).replace(".", ""))

/**
 * @param {number|string|undefined} fixed
 * @param {string|undefined} moving
 * @param {Date} now
 */
const numberAt = (fixed, moving, now) =>
  moving === "this_year" ? Number(localDay(now).slice(0, 4)) : Number(fixed)

/**
 * @param {number|string|undefined} fixed
 * @param {string|undefined} moving
 * @param {Date} now
 */
const boundDay = (fixed, moving, now) => (moving ? dayAt(moving, now) : String(fixed))
