// Asks a form's questions one step at a time. What is asked, and what is wrong, the definition says.

import { asks, check } from "../forms/check.js"
import { readForm } from "../forms/read.js"
import { sentence } from "../forms/sentences.js"
import { now } from "../sync/clock.js"
import { rest } from "./frame.js"
import { fieldFor } from "./fields.js"
import { kinds } from "./kinds.js"
import { language, messages, on, one, place, say, sayFault, wayOn } from "./view.js"

/** @typedef {import("../forms/definition.js").Form} Form */
/** @typedef {import("../forms/definition.js").Field} Field */
/** @typedef {import("../forms/definition.js").Answers} Answers */
/** @typedef {Record<string, any>} Typed */

/** Answered by where the form was opened, or by the program. */
const UNASKED = ["hh", "stay_at", "visit", "person", "campaign", "voided"]

/**
 * @typedef {object} Asked
 * @property {string} kind
 * @property {Form} form
 * @property {string[][]} [steps] which questions stand together, where it is not as usual for the kind
 * @property {Typed} typed what stands in the fields at first; also the answers that are not asked for
 * @property {Answers} [before] of a correction: the record as it was
 * @property {(typed: Typed) => void} remember
 * @property {(answers: Answers, typed: Typed, go: ReturnType<typeof wayOn>) => Promise<unknown>} save rejects when the disk says no; go: on from this form
 * @property {() => Promise<unknown>} discard
 */

export class Questions {
  #root
  #asked
  #step = 0
  #busy = false

  /** @param {DocumentFragment} part @param {Asked} asked */
  constructor(part, asked) {
    this.#asked = asked
    this.#root = /** @type {HTMLFormElement} */ (one(part, "form"))
    place(part, "steps", stepsOf(asked.steps || kinds[asked.kind]?.steps || [], asked.form))
    this.#put(asked.typed)
    this.#root.addEventListener("input", (event) => this.#typedIn(/** @type {HTMLInputElement} */ (event.target)))
    this.#root.addEventListener("submit", (event) => event.preventDefault())
    on(part, "next", () => this.#next())
    on(part, "back", () => this.#back())
    on(part, "save", () => this.#save())
    on(part, "discard", (button) => this.#discard(button))
    this.#show()
  }

  #next() {
    const errors = this.#errors()
    const here = this.#keysOf(this.#steps()[this.#step]).filter((key) => errors[key])
    this.#tell(errors, here)
    if (here.length) return
    this.#turn(this.#step + 1)
  }

  #back() {
    if (this.#step) this.#turn(this.#step - 1)
    else history.back()
  }

  /** @param {number} step */
  #turn(step) {
    this.#step = step
    this.#show()
    rest()
    one(document, "#scroll").scrollTop = 0
    const first = one(this.#steps()[step], "legend, label")
    first.tabIndex = -1
    first.focus({ preventScroll: true })
  }

  async #save() {
    if (this.#busy) return
    const errors = this.#errors()
    const wrong = Object.keys(errors)
    if (wrong.length) return this.#lead(errors, wrong)
    this.#busy = true
    try {
      await this.#asked.save(this.#answers(), this.#typed(), wayOn())
    } catch (fault) {
      this.#busy = false
      sayFault(this.#root, fault)
    }
  }

  /** The first tap asks, the second does it. @param {HTMLButtonElement} button */
  async #discard(button) {
    if (button.dataset.sure === undefined) {
      button.dataset.sure = ""
      one(button, "span").textContent = say("Tap again to throw away what is entered here")
      return rest()
    }
    await this.#asked.discard()
    history.back()
  }

  /** To the first step where something is wrong. @param {Record<string, string[]>} errors @param {string[]} wrong */
  #lead(errors, wrong) {
    const steps = this.#steps()
    const at = steps.findIndex((step) => this.#keysOf(step).some((key) => wrong.includes(key)))
    if (at < 0) throw new Error(`Wrong, but not asked: ${wrong}`)
    this.#step = at
    this.#show()
    this.#tell(errors, this.#keysOf(steps[at]).filter((key) => errors[key]))
  }

  /** Puts each sentence at its field, and the reader at the first. @param {Record<string, string[]>} errors @param {string[]} keys */
  #tell(errors, keys) {
    const { form } = this.#asked
    for (const key of keys) {
      const words = sentence(form, key, errors[key][0], { messages, language, now: new Date(now()) })
      this.#mark(key, words)
    }
    if (keys.length) this.#inputs(keys[0])[0]?.focus()
  }

  /** @param {string} key @param {string} words none: all is well */
  #mark(key, words) {
    const line = this.#root.querySelector(`#error-${key}`)
    if (line) line.textContent = words
    for (const input of this.#inputs(key)) {
      if (words) input.setAttribute("aria-invalid", "true")
      else input.removeAttribute("aria-invalid")
    }
  }

  /** @param {HTMLInputElement} input */
  #typedIn(input) {
    const key = input.name
    if (key) this.#mark(key, "")
    this.#suggest(key, input.value)
    this.#onlyOne(key, input)
    this.#asked.remember(this.#typed())
    this.#show()
  }

  /** Who says that somebody came or is unwell has answered that question. @param {string} key @param {string} value */
  #suggest(key, value) {
    if (key !== "result") return
    const [about] = { arrivals: ["asked_q1"], unwell: ["asked_q2"] }[value] || []
    const yes = about && this.#inputs(about).find((input) => input.value === "true")
    if (yes) /** @type {HTMLInputElement} */ (yes).checked = true
  }

  /** A choice that stands alone takes the others away, and they it. @param {string} key @param {HTMLInputElement} input */
  #onlyOne(key, input) {
    const exclusive = this.#field(key)?.exclusive
    if (!exclusive || !input.checked) return
    for (const other of /** @type {HTMLInputElement[]} */ (this.#inputs(key))) {
      if (other !== input && (input.value === exclusive || other.value === exclusive)) other.checked = false
    }
  }

  /** What is asked here, how far it is, and what can be done next. */
  #show() {
    const answers = this.#answers()
    for (const box of this.#boxes()) {
      const field = this.#field(box.dataset.question)
      box.hidden = !field || !asks(field, answers)
    }
    const steps = this.#steps()
    const must = steps.filter((step) => this.#isMust(step)).length
    for (const section of this.#root.querySelectorAll("[data-step]")) /** @type {HTMLElement} */ (section).hidden = section !== steps[this.#step]
    const last = this.#step >= must - 1
    one(this.#root, '[data-action="save"]').hidden = !last
    const next = one(this.#root, '[data-action="next"]')
    next.hidden = this.#step >= steps.length - 1
    next.classList.toggle("main", !last)
    one(next, "span").textContent = last ? say("Add more") : say("Next")
    this.#progress(must, steps.length)
    const unwell = answers.asked_q2 === true || answers.health_now === "unwell"
    const call = one(this.#root, "[data-call]")
    call.hidden = !unwell || !call.textContent?.trim()
  }

  /** @param {number} must @param {number} all */
  #progress(must, all) {
    const extra = this.#step >= must
    const words = extra
      ? say("May stay empty: {n} of {all}", { n: this.#step - must + 1, all: all - must })
      : say("Question {n} of {all}", { n: this.#step + 1, all: must })
    const line = one(this.#root, "#step")
    if (line.textContent !== words) line.textContent = words
    const marks = Array.from({ length: extra ? all - must : must }, (_, at) => {
      const mark = document.createElement("i")
      if (at <= (extra ? this.#step - must : this.#step)) mark.dataset.on = ""
      return mark
    })
    one(this.#root, ".progress").replaceChildren(...marks)
  }

  /** The steps in which something is asked; those that must be answered come first. @returns {HTMLElement[]} */
  #steps() {
    const steps = /** @type {HTMLElement[]} */ (Array.from(this.#root.querySelectorAll("[data-step]")))
    return steps.filter((step) => this.#keysOf(step).length)
  }

  /** @param {HTMLElement} step */
  #isMust(step) {
    return this.#keysOf(step).some((key) => this.#field(key)?.required)
  }

  /** The questions asked in a step, at present. @param {HTMLElement} step */
  #keysOf(step) {
    return this.#boxes(step).filter((box) => !box.hidden).map((box) => box.dataset.question || "")
  }

  /** @param {ParentNode} [within] @returns {HTMLElement[]} */
  #boxes(within = this.#root) {
    return Array.from(within.querySelectorAll("[data-question]"))
  }

  /** @param {string} [key] @returns {Field | undefined} */
  #field(key) {
    return this.#asked.form.fields.find((field) => field.key === key)
  }

  /** @param {string} key @returns {HTMLInputElement[]} */
  #inputs(key) {
    return Array.from(this.#root.querySelectorAll(`[name="${key}"]`))
  }

  /** What is wrong now. In a correction, what stays as it was is not looked at again. */
  #errors() {
    const { form, before = {} } = this.#asked
    const answers = this.#answers()
    const errors = check(form, answers, { now: new Date(now()), whole: true })
    for (const key of Object.keys(errors)) {
      if (key in before && before[key] === answers[key]) delete errors[key]
    }
    return errors
  }

  #answers() {
    return readForm(this.#asked.form, this.#typed())
  }

  /** @returns {Typed} */
  #typed() {
    /** @type {Typed} */
    const typed = { ...this.#asked.typed }
    for (const { dataset } of this.#boxes()) {
      const key = dataset.question || ""
      const inputs = this.#inputs(key)
      const boxes = inputs.some(({ type }) => type === "radio" || type === "checkbox")
      typed[key] = boxes ? inputs.filter(({ checked }) => checked).map(({ value }) => value) : inputs[0]?.value
    }
    return typed
  }

  /** @param {Typed} typed */
  #put(typed) {
    for (const { dataset } of this.#boxes()) {
      const value = typed[dataset.question || ""]
      if (value === undefined || value === null) continue
      for (const input of this.#inputs(dataset.question || "")) {
        if (input.type === "radio" || input.type === "checkbox") input.checked = [value].flat().map(String).includes(input.value)
        else input.value = input.type === "datetime-local" ? String(value).slice(0, 16) : String(value)
      }
    }
  }
}

/** @param {string[][]} steps @param {Form} form */
function stepsOf(steps, { fields }) {
  const together = steps.map((keys) => fields.filter(({ key }) => keys.includes(key)))
  const alone = fields.filter((field) => !UNASKED.includes(field.key) && !together.some((group) => group.includes(field)))
  return [...together, ...alone.map((field) => [field])].map((group) => {
    const step = document.createElement("section")
    step.className = "stack"
    step.dataset.step = ""
    step.hidden = true
    step.append(...group.map(fieldFor))
    return step
  })
}

/** What the definition suggests before anybody has answered. @param {Form} form @returns {Typed} */
export function suggested(form) {
  return Object.fromEntries(form.fields.filter((field) => field.default !== undefined).map((field) => [field.key, String(field.default)]))
}
