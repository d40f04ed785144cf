// The form of one check: a number in one tap, symptoms in one tap, everything else may stay as it is.

import { asks, check } from "../forms/check.js"
import { readForm } from "../forms/read.js"
import { sentence } from "../forms/sentences.js"
import { now } from "../sync/clock.js"
import { fieldFor } from "./fields.js"
import { forms, language, messages, on, one, say, sayFault } from "./view.js"
import { answer } from "./words.js"

/** @typedef {Record<string, any>} Fields */

/** Asked by buttons of their own, answered by the way here, or a matter of the alert's screen. */
const APART = [
  "case", "hh", "date", "slot", "temp", "temp_status", "symptoms", "symptoms_text", "temp2", "temp2_at",
  "action", "action_at", "action_by", "outcome", "occurred_at", "notice_shown", "voided",
]
const HOW = ["by", "site"]
/** @type {Record<string, string>} */
const ICONS = { well: "#i-fine", unwell: "#i-report" }
/** Who was not spoken to, or did not want to, is not asked how they feel. */
const UNASKED = ["no_answer", "not_home", "refused"]
const NOT_MET = ["no_answer", "not_home"]

/**
 * @typedef {object} Asked
 * @property {Fields} first what is known before: the case, or the check that is put right
 * @property {Fields} left what stood in the form when it was left; the same, if it never was
 * @property {boolean} correction
 * @property {(answers: Fields) => void} remember
 * @property {(answers: Fields, first: Fields) => Promise<unknown>} save rejects when the disk says no
 */

export class CheckForm {
  #root
  #asked
  #status = "measured"
  #well = false
  #busy = false
  #opened = false

  /** @param {DocumentFragment} part @param {Asked} asked */
  constructor(part, asked) {
    this.#asked = asked
    this.#root = /** @type {HTMLFormElement} */ (one(part, "form"))
    this.#build()
    this.#put(asked.left)
    this.#root.addEventListener("submit", (event) => event.preventDefault())
    this.#root.addEventListener("input", (event) => this.#typedIn(/** @type {HTMLInputElement} */ (event.target)))
    on(part, "keys", (button) => this.#turnPad(button))
    on(part, "status", () => this.#askStatus())
    on(part, "well", () => this.#feels({ well: true }))
    on(part, "unwell", () => this.#feels({ well: false }))
    on(part, "save", () => this.#save())
    this.#show()
    this.#opened = true
  }

  #build() {
    const { fields } = forms.health_check
    const of = (/** @type {string} */ key) => fieldFor(/** @type {any} */ (fields.find((field) => field.key === key)))
    const slot = (/** @type {string} */ name) => one(this.#root, `[data-slot="${name}"]`)
    slot("temp").append(of("temp"))
    one(this.#root, "#temp").setAttribute("inputmode", "none") // the big keys are on the screen
    slot("status").append(of("temp_status"))
    slot("which").append(of("symptoms"), of("symptoms_text"))
    // "No symptoms" has a button of its own.
    slot("which").querySelector('[value="none"]')?.closest("label")?.remove()
    slot("more").append(...fields.filter(({ key }) => !APART.includes(key)).map(fieldFor))
  }

  /** @param {Fields} first */
  #put(first) {
    this.#status = first.temp_status || "measured"
    this.#well = [first.symptoms].flat()[0] === "none"
    for (const input of this.#inputs()) {
      const value = first[input.name]
      if (value === undefined || value === null) continue
      if (input.type === "radio" || input.type === "checkbox") input.checked = [value].flat().map(String).includes(input.value)
      else input.value = String(value)
    }
    this.#shows("which", Boolean(first.symptoms?.length) && !this.#well)
  }

  /** @param {HTMLElement} button */
  #turnPad(button) {
    this.#shows("status", false)
    const keys = /** @type {import("../elements/number-pad.js").NumberPad} */ (one(this.#root, "number-pad")).turn()
    button.setAttribute("aria-expanded", String(keys))
    one(button, "span").textContent = keys ? say("Usual numbers") : say("Another number")
    this.#reads("measured")
  }

  /** No number: why not, in one more tap. */
  #askStatus() {
    const list = one(this.#root, '[data-slot="status"]')
    const open = Boolean(list.hidden)
    this.#shows("status", open)
    if (!open) return this.#reads("measured")
    this.#show()
  }

  /** @param {string} status */
  #reads(status) {
    this.#status = status
    for (const input of this.#inputs("temp_status")) input.checked = input.value === status
    this.#show()
  }

  /** @param {{ well: boolean }} how */
  #feels({ well }) {
    this.#well = well
    this.#shows("which", !well)
    if (well) {
      for (const input of this.#inputs("symptoms")) input.checked = false
      this.#brings("save")
    }
    this.#tell("symptoms", "")
    this.#show()
  }

  /** @param {HTMLInputElement} input */
  #typedIn(input) {
    if (input.name === "temp_status") {
      if (input.value === "measured") this.#shows("status", false)
      this.#reads(input.value)
    }
    if (input.name === "temp" && input.value) {
      this.#reads("measured")
      if (!one(this.#root, ".presets").hidden) this.#brings("well")
    }
    if (input.name) this.#tell(input.name, "")
    this.#show()
  }

  #show() {
    const answers = this.#answers()
    const asked = !UNASKED.includes(this.#status)
    const measured = this.#status === "measured"
    this.#shows("status", !measured || !one(this.#root, '[data-slot="status"]').hidden)
    this.#shows("measure", one(this.#root, '[data-slot="status"]').hidden === true)
    this.#shows("symptoms", asked)
    one(this.#root, '[data-action="status"]').setAttribute("aria-expanded", String(!one(this.#root, '[data-slot="status"]').hidden))
    const unwell = !this.#well && !one(this.#root, '[data-slot="which"]').hidden
    this.#presses("well", this.#well)
    this.#presses("unwell", unwell)
    one(this.#root, '[data-action="unwell"]').setAttribute("aria-expanded", String(unwell))
    for (const box of /** @type {NodeListOf<HTMLElement>} */ (this.#root.querySelectorAll("[data-question]"))) {
      const field = forms.health_check.fields.find(({ key }) => key === box.dataset.question)
      box.hidden = !field || !asks(field, answers)
    }
    one(this.#root, '[data-slot="how"]').textContent = howWords(answers)
    if (this.#opened) this.#asked.remember({ ...answers, temp: this.#typed("temp") })
  }

  /** What is tapped next comes into sight by itself, also on a low screen. @param {string} action */
  #brings(action) {
    one(this.#root, `[data-action="${action}"]`).scrollIntoView({ block: "nearest" })
  }

  /** @param {string} name @param {boolean} pressed */
  #presses(name, pressed) {
    const button = one(this.#root, `[data-action="${name}"]`)
    button.setAttribute("aria-pressed", String(pressed))
    one(button, "use").setAttribute("href", pressed ? "#i-save" : ICONS[name])
  }

  async #save() {
    if (this.#busy) return
    const answers = this.#answers()
    const errors = this.#errors(answers)
    if (Object.keys(errors).length) return this.#lead(errors)
    this.#busy = true
    try {
      await this.#asked.save(answers, answers)
    } catch (fault) {
      this.#busy = false
      sayFault(this.#root, fault)
    }
  }

  /** @param {Fields} answers */
  #errors(answers) {
    const errors = check(forms.health_check, answers, { now: new Date(now()), whole: true })
    const { first, correction } = this.#asked
    if (correction) for (const key of Object.keys(errors)) if (key in first && first[key] === answers[key]) delete errors[key]
    return errors
  }

  /** @param {Record<string, string[]>} errors */
  #lead(errors) {
    const keys = Object.keys(errors)
    for (const key of keys) this.#tell(key, sentence(forms.health_check, key, errors[key][0], { messages, language, now: new Date(now()) }))
    const [first] = keys
    const field = this.#root.querySelector(first === "symptoms" && !this.#isAskingWhich() ? '[data-action="well"]' : `[name="${first}"]`)
    const closed = field?.closest("details:not([open])")
    if (closed) closed.setAttribute("open", "")
    if (field instanceof HTMLElement) field.focus()
  }

  /** @param {string} key @param {string} words */
  #tell(key, words) {
    const asking = key !== "symptoms" || this.#isAskingWhich()
    const line = this.#root.querySelector(`#error-${key}`)
    if (line) line.textContent = asking ? words : ""
    if (key === "symptoms") one(this.#root, '[data-missing="symptoms"]').textContent = words && !asking ? say("Please tap one of the two.") : ""
    for (const input of this.#inputs(key)) {
      if (words) input.setAttribute("aria-invalid", "true")
      else input.removeAttribute("aria-invalid")
    }
  }

  #isAskingWhich() {
    return !one(this.#root, '[data-slot="which"]').hidden
  }

  /** What is known before, under what was tapped and typed. @returns {Fields} */
  #answers() {
    /** @type {Fields} */
    const typed = { temp_status: this.#status }
    for (const { name } of this.#inputs()) if (name !== "temp_status") typed[name] = this.#typed(name)
    if (this.#well) typed.symptoms = ["none"]
    const { fields } = forms.health_check
    const asked = { ...readForm({ ...forms.health_check, fields: fields.filter(({ key }) => key in typed) }, typed) }
    const known = Object.entries(this.#asked.first).filter(([key]) => !(key in typed))
    return atHome({ ...Object.fromEntries(known), ...asked })
  }

  /** @param {string} key */
  #typed(key) {
    const inputs = this.#inputs(key)
    const boxes = inputs.some(({ type }) => type === "radio" || type === "checkbox")
    return boxes ? inputs.filter(({ checked }) => checked).map(({ value }) => value) : inputs[0]?.value
  }

  /** @param {string} [key] @returns {HTMLInputElement[]} */
  #inputs(key) {
    return Array.from(this.#root.querySelectorAll(key ? `[name="${key}"]` : "[name]"))
  }

  /** @param {string} name @param {boolean} shown */
  #shows(name, shown) {
    one(this.#root, `[data-slot="${name}"]`).hidden = !shown
  }
}

/** Who was met at the door is at home; who was not met there, is not. @param {Fields} answers @returns {Fields} */
function atHome(answers) {
  if (answers.at_home !== undefined) return answers
  if (answers.temp_status === "not_home") return { ...answers, at_home: false }
  const met = !NOT_MET.includes(answers.temp_status)
  return met && answers.by === "visit" ? { ...answers, at_home: true } : answers
}

/** "At the door, forehead · more questions". @param {Fields} answers */
function howWords(answers) {
  const how = HOW.map((key) => answers[key] && answer("health_check", key, answers[key])).filter(Boolean)
  return say("{how}. More: supplies, mood, disinfection", { how: how.join(say(", ")) })
}
