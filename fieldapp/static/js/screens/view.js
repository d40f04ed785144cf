// Fills the page's <template>s, as text only, and finds words in the reader's language.

/** @typedef {Record<string, unknown>} Data */
/**
 * @typedef {object} Screen
 * @property {DocumentFragment} part
 * @property {"again" | (() => void)} [refresh] what to do when the outbox or the roster changed; nothing, where people type
 */

/** Sentences by their English form, and what is said about an error by its code. @type {Record<string, string>} */
export const messages = {}

/** The forms as phone and server check them, by kind. @type {Record<string, import("../forms/definition.js").Form>} */
export const forms = {}

export const language = document.documentElement.lang === "en" ? "en" : "zh"

/** Learns the words and forms that a page brings. @param {Document} page */
export function learn(page) {
  const said = (/** @type {string} */ id) => JSON.parse(page.getElementById(id)?.textContent || "{}")
  Object.assign(messages, said("words"))
  Object.assign(forms, said("forms"))
}

/**
 * The sentence in the reader's language, `{name}` replaced by what is given.
 * @param {string} sentence
 * @param {Data} [given]
 */
export function say(sentence, given = {}) {
  return (messages[sentence] || sentence).replace(/\{(\w+)\}/g, (_, key) => String(given[key] ?? ""))
}

/** Marks a sentence that is said elsewhere. @param {string} sentence */
export function N_(sentence) {
  return sentence
}

/**
 * A copy of `<template id="t-NAME">` with `data-text`, `data-href`, `data-show`, `data-set` and
 * `data-icon` filled from `data`.
 * @param {string} name
 * @param {Data} [data]
 * @returns {DocumentFragment}
 */
export function view(name, data = {}) {
  const { content, fillings } = known.get(name) || study(name)
  const part = document.importNode(content, true)
  part.querySelectorAll(FILLED).forEach((element, at) => fill(/** @type {HTMLElement} */ (element), fillings[at], data))
  return part
}

/**
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} part @param {string} selector @returns {T}
 */
export function one(part, selector) {
  const found = part.querySelector(selector)
  if (!found) throw new Error(`The page has no ${selector}`)
  return /** @type {T} */ (found)
}

/**
 * Puts `rows` in the place called `name`.
 * @param {ParentNode} part @param {string} name @param {Node[]} rows
 */
export function place(part, name, rows) {
  one(part, `[data-slot="${name}"]`).replaceChildren(...rows)
}

/**
 * Listens to every button of that action.
 * @param {ParentNode} part @param {string} action @param {(button: HTMLButtonElement) => unknown} work
 */
export function on(part, action, work) {
  for (const button of part.querySelectorAll(`[data-action="${action}"]`)) {
    button.addEventListener("click", () => work(/** @type {HTMLButtonElement} */ (button)))
  }
}

/** A sentence about what went wrong, beside the button it belongs to. @param {ParentNode} part @param {unknown} fault */
export function sayFault(part, fault) {
  const code = /** @type {{code?: string}} */ (fault).code
  const line = one(part, "[data-fault]")
  line.textContent = say(FAULTS[code || ""] || N_("It could not be saved. What you entered is still here: please try again."))
  line.hidden = false
  if (!code) console.error(fault)
}

/**
 * The way to the next screen, for when the disk has answered. Who has gone elsewhere meanwhile is left there.
 * @returns {(hash?: string) => void} hash: none leads back
 */
export function wayOn() {
  const here = location.hash
  return (hash) => {
    if (location.hash !== here) return
    if (hash) location.hash = hash
    else history.back()
  }
}

/** Resolves when the browser has shown what the page has now; soon in a tab that nobody sees. @returns {Promise<void>} */
export function shownOnce() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve))
    setTimeout(resolve, HIDDEN_MS)
  })
}

const HIDDEN_MS = 1000 // browsers draw no frames there

const FILLED = "[data-text],[data-href],[data-show],[data-set],[data-icon]"

/** @typedef {{ text?: string, href?: string, show?: string, icon?: string, set: string[][] }} Filling */
/** @type {Map<string, { content: DocumentFragment, fillings: Filling[] }>} */
const known = new Map()

/** @type {Record<string, string>} */
const FAULTS = {
  full: N_("The phone is full, so it was not saved. Free some space, for example old videos, then try again."),
  closed: N_("The phone's store was closed. What you entered is still here: please try again."),
  blocked: N_("Another window of this program is in the way. Close the other windows, then try again."),
}

/** What the elements of a template ask for is read once: a list draws the same one fifty times. @param {string} name */
function study(name) {
  const { content } = /** @type {HTMLTemplateElement} */ (document.getElementById(`t-${name}`))
  const fillings = Array.from(content.querySelectorAll(FILLED), (element) => {
    const { text, href, show, set = "", icon } = /** @type {HTMLElement} */ (element).dataset
    return { text, href, show, icon, set: set.split(" ").filter(Boolean).map((pair) => pair.split(":")) }
  })
  known.set(name, { content, fillings })
  return { content, fillings }
}

/** @param {HTMLElement} element @param {Filling} filling @param {Data} data */
function fill(element, { text, href, show, set, icon }, data) {
  if (text) element.textContent = String(data[text] ?? "")
  if (show) element.hidden = !data[show]
  if (icon) element.setAttribute("href", `#i-${data[icon]}`)
  if (href) element.setAttribute("href", href.replace(/\{(\w+)\}/g, (_, key) => encodeURIComponent(String(data[key] ?? ""))))
  for (const [name, key] of set) {
    if (data[key] !== undefined) element.dataset[name] = String(data[key])
  }
}
