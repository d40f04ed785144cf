// <date-choice>: the days near today as buttons over a date field. Without it, people use the picker.

import { now, today } from "../sync/clock.js"

const DAY_MS = 24 * 60 * 60 * 1000

class DateChoice extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this)
    this.addEventListener("input", this)
    this.mark()
  }

  /** @param {Event} event */
  handleEvent(event) {
    const days = /** @type {HTMLElement} */ (event.target).closest("button")?.dataset.days
    if (event.type === "click" && days) {
      this.#input.value = dayIn(days)
      this.#input.dispatchEvent(new Event("input", { bubbles: true }))
    }
    this.mark()
  }

  // Actions

  /** Shows which of the buttons is the day in the field. */
  mark() {
    for (const button of this.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(dayIn(button.dataset.days) === this.#input.value))
    }
  }

  // Private

  get #input() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input"))
  }
}

/** @param {string} [days] */
function dayIn(days) {
  return today(now() + Number(days) * DAY_MS)
}

customElements.define("date-choice", DateChoice)
