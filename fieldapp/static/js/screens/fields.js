// One question of a definition as fields: copies of the parts that Jinja drew once.

import { one, say, view } from "./view.js"
import { worded } from "./words.js"

/** @typedef {import("../forms/definition.js").Field} Field */

const KEYBOARDS = { int: "numeric", dec1: "decimal" }

/** @param {Field} field */
export function fieldFor(field) {
  const { key, type, required, label, help } = field
  const part = view(`field-${shapeOf(field)}`)
  const box = one(part, "[data-question]")
  box.dataset.question = key
  one(box, "legend, label").prepend(worded(label))
  if (required) one(box, ".optional").remove()
  one(box, "p[id]").textContent = worded(help)
  one(box, "p[id]").hidden = !help
  if (type === "enum" || type === "multi" || type === "bool") list(box, field)
  else prepare(/** @type {HTMLInputElement} */ (one(box, "input, textarea")), field)
  for (const element of box.querySelectorAll("[id]")) if (element.id.endsWith("-")) element.id += key
  for (const input of box.querySelectorAll("[aria-describedby]")) {
    input.setAttribute("name", key)
    input.setAttribute("aria-describedby", `help-${key} error-${key}`)
  }
  return part
}

/** @param {Field} field */
function shapeOf({ type, lines, lowest_is }) {
  if (type === "date") return lowest_is === "today" ? "day-ahead" : "day"
  if (type === "enum" || type === "multi" || type === "bool") return "choice"
  return lines ? "lines" : "text"
}

/** @param {HTMLInputElement} input @param {Field} field */
function prepare(input, { key, type, format }) {
  input.id = key
  input.closest("[data-question]")?.querySelector("label")?.setAttribute("for", key)
  if (type === "dt") input.type = "datetime-local"
  if (format === "phone") input.type = "tel"
  if (type === "int" || type === "dec1") input.inputMode = KEYBOARDS[type]
}

/** @param {HTMLElement} box @param {Field} field */
function list(box, field) {
  const choices = one(box, ".choices")
  choices.classList.toggle("pair", field.type === "bool" || field.choices?.length === 2)
  choices.append(...options(field))
}

/** @param {Field} field */
function options({ type, choices = [], labels = {} }) {
  const answers = type === "bool" ? [["true", say("Yes")], ["false", say("No")]] : choices.map((code) => [code, worded(labels[code])])
  return answers.map(([value, words]) => {
    const part = view("option")
    const input = /** @type {HTMLInputElement} */ (one(part, "input"))
    input.value = value
    if (type === "multi") input.type = "checkbox"
    one(part, "span:last-child").textContent = words
    return part
  })
}
