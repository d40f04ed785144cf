// <number-pad>: presets and big keys that write into the field inside. Without it, people type.

export class NumberPad extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this)
    this.addEventListener("input", this)
    this.mark()
  }

  /** @param {Event} event */
  handleEvent(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest("button")
    if (event.type === "click" && button) this.press(button)
    this.mark()
  }

  // Actions

  /** @param {HTMLElement} button */
  press({ dataset: { preset, digit, erase } }) {
    if (preset) this.#write(preset)
    if (digit) this.#write(pointed(this.#input.value + digit))
    if (erase !== undefined) this.#write(this.#input.value.slice(0, -1))
  }

  /** Shows which preset stands in the field. */
  mark() {
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-preset]"))) {
      button.setAttribute("aria-pressed", String(button.dataset.preset === this.#input.value))
    }
  }

  /** Big keys instead of the presets, and back. @returns {boolean} whether the keys are shown */
  turn() {
    const keys = /** @type {HTMLElement} */ (this.querySelector(".keys"))
    const presets = /** @type {HTMLElement} */ (this.querySelector(".presets"))
    keys.hidden = !keys.hidden
    presets.hidden = !keys.hidden
    return !keys.hidden
  }

  // Private

  /** @param {string} text */
  #write(text) {
    this.#input.value = text
    this.#input.dispatchEvent(new Event("input", { bubbles: true }))
  }

  get #input() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input"))
  }
}

/** The third digit in a row is a tenth: nobody has to look for the point. @param {string} typed */
function pointed(typed) {
  return typed.replace(/^(\d\d)(\d)$/, "$1.$2").slice(0, 5)
}

customElements.define("number-pad", NumberPad)
