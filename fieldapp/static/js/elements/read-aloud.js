// <read-aloud>: reads the screen out, question by question and state by state, for whoever reads with
// trouble. It is only there where the phone has a voice for the page's language.

import { language, one, say, view } from "../screens/view.js"

/** A row, a choice, a button: what belongs together is said in one breath. */
const TOGETHER = ".row,.choice,.button,.answer,.facts > div,.line,h1,h2,h3,legend,label,p,li"
const SILENT = "svg,script,template,[aria-hidden='true'],[hidden],read-aloud,.progress"
const PAUSES = { zh: "，", en: ", " }

class ReadAloud extends HTMLElement {
  /** What is still to be said. @type {string[]} */
  #left = []

  connectedCallback() {
    if (!("speechSynthesis" in window)) return
    this.append(view("read-aloud"))
    this.hidden = true
    this.addEventListener("click", this)
    addEventListener("hashchange", this)
    addEventListener("pagehide", this)
    document.addEventListener("visibilitychange", this)
    speechSynthesis.addEventListener?.("voiceschanged", this)
    this.#listen()
  }

  disconnectedCallback() {
    this.stop()
    removeEventListener("hashchange", this)
    removeEventListener("pagehide", this)
    document.removeEventListener("visibilitychange", this)
    speechSynthesis?.removeEventListener?.("voiceschanged", this)
  }

  /** @param {Event} event */
  handleEvent({ type }) {
    if (type === "voiceschanged") this.#listen()
    else if (type === "click" && !this.#left.length) this.read()
    else this.stop()
  }

  // Actions

  read() {
    this.#left = saidOn(document)
    this.#next()
  }

  stop() {
    this.#left = []
    speechSynthesis.cancel()
    this.#show()
  }

  // Private

  /** Sentence after sentence: some phones fall silent in a long one. */
  #next() {
    this.#show()
    const [words] = this.#left
    if (!words) return
    const speech = new SpeechSynthesisUtterance(words)
    speech.lang = voice()?.lang || ""
    speech.rate = 0.9
    speech.onend = speech.onerror = () => {
      if (this.#left[0] !== words) return
      this.#left = this.#left.slice(1)
      this.#next()
    }
    speechSynthesis.speak(speech)
  }

  /** Phones tell of their voices late. */
  #listen() {
    this.hidden = !voice()
  }

  #show() {
    const speaks = this.#left.length > 0
    const button = one(this, "button")
    button.setAttribute("aria-pressed", String(speaks))
    one(button, "span").textContent = speaks ? say("Stop") : say("Read")
  }
}

/** A voice for the page's language; best one that needs no network. */
function voice() {
  const fitting = speechSynthesis.getVoices().filter(({ lang }) => /^(\w+)/.exec(lang)?.[1] === language || (language === "zh" && /^(cmn|yue)/.test(lang)))
  return fitting.find(({ localService }) => localService) || fitting[0]
}

/**
 * What there is to read, in the order in which it stands: notices, then the screen, then where
 * everything is with the township. Of a form only the present questions.
 *
 * @param {Document} page
 */
export function saidOn(page) {
  const form = page.querySelector("main form")
  const step = form?.querySelector("[data-step]:not([hidden])")
  const heading = page.querySelector("main h1")
  const parts = step ? [heading, step, form?.querySelector("[data-fault]")] : [page.querySelector("#notices"), page.querySelector("main"), page.querySelector("#sync")]
  return parts.flatMap((part) => (part ? linesOf(part) : []))
}

/** @param {Element} part */
function linesOf(part) {
  /** @type {Map<Element, string[]>} */
  const lines = new Map()
  const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  for (let node = walk.currentNode; node; node = /** @type {Node} */ (walk.nextNode())) {
    const [place, words] = node instanceof Element ? [node, valueOf(node)] : [node.parentElement, node.textContent?.trim()]
    const block = place?.closest(TOGETHER) || part
    if (!place || !words || place.closest(SILENT) || !place.getClientRects().length) continue
    lines.set(block, [...(lines.get(block) || []), words])
  }
  return Array.from(lines.values(), (words) => words.join(PAUSES[language]))
}

/** What was typed or chosen. @param {Element} element */
function valueOf(element) {
  if (element instanceof HTMLTextAreaElement) return element.value
  if (!(element instanceof HTMLInputElement)) return ""
  if (element.type === "radio" || element.type === "checkbox") return element.checked ? say("chosen") : ""
  return element.value
}

customElements.define("read-aloud", ReadAloud)
