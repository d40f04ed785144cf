// What to tell people about an error: the twin of fieldapp/forms/messages.py.

import { dayAt, localDay } from "./days.js"

/** @typedef {import("./definition.js").Form} Form */
/** @typedef {import("./definition.js").Field} Field */
/** @typedef {import("./definition.js").Words} Words */
/** @typedef {"zh" | "en"} Language */

/**
 * @param {Form} form
 * @param {string} key  of the field
 * @param {string} code  of the error
 * @param {{ messages: Record<string, string>, language: Language, now: Date }} how
 *   `messages` as fieldapp.forms.messages_json gives them
 */
export function sentence(form, key, code, { messages, language, now }) {
  const field = form.fields.find((one) => one.key === key)
  if (!field) return messages[code] ?? messages.wrong_type

  const own = field.says?.[code]?.[language]
  const template = own ?? messages[`${code}_${field.type}`] ?? messages[code] ?? messages.wrong_type
  return filled(template, {
    lowest: bound(field.lowest, field.lowest_is, now),
    highest: bound(field.highest, field.highest_is, now),
    min_length: field.min_length,
    max_length: field.max_length,
    exclusive: field.labels?.[field.exclusive ?? ""]?.[language] ?? field.label[language],
    other: labelOfOther(form, field, language),
  })
}

/**
 * The words of one answer, for a list or a page to read: "Nobody home", "Fever, Dry cough", "Yes".
 * @param {Field} field
 * @param {unknown} value
 * @param {{ messages: Record<string, string>, language: Language }} how
 */
export function spoken(field, value, { messages, language }) {
  if (value === null || value === undefined) return ""
  if (typeof value === "boolean") return value ? messages.yes : messages.no

  const codes = Array.isArray(value) ? value : [value]
  return codes.map((code) => field.labels?.[code]?.[language] ?? String(code)).join(messages.and)
}

/**
 * @param {string} template  with blanks like %(lowest)s
 * @param {Record<string, string|number|undefined>} params
 */
function filled(template, params) {
  return template.replace(/%\((\w+)\)s/g, (_blank, name) => String(params[name] ?? ""))
}

/**
 * @param {number|string|undefined} fixed
 * @param {string|undefined} moving
 * @param {Date} now
 */
function bound(fixed, moving, now) {
  if (!moving) return fixed
  return moving === "this_year" ? localDay(now).slice(0, 4) : dayAt(moving, now)
}

/**
 * @param {Form} form
 * @param {Field} field
 * @param {Language} language
 */
function labelOfOther(form, field, language) {
  const other = field.not_after ?? field.not_before
  return (form.fields.find((one) => one.key === other) ?? field).label[language]
}
