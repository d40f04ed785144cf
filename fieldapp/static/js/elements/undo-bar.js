// <undo-bar>: says what was just saved, and for a few seconds offers to take it back.

export class UndoBar extends HTMLElement {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer
  /** @type {(() => unknown) | null} */
  #undo = null

  connectedCallback() {
    this.addEventListener("click", ({ target }) => /** @type {Element} */ (target).closest("button") && this.#undo?.())
  }

  disconnectedCallback() {
    clearInterval(this.#timer)
  }

  // Actions

  /** @param {string} words @param {number} seconds @param {() => unknown} undo */
  offer(words, seconds, undo) {
    const until = Date.now() + seconds * 1000
    this.#undo = undo
    this.say(words)
    this.#button.hidden = false
    const count = () => {
      const left = Math.ceil((until - Date.now()) / 1000)
      if (left > 0 && left <= seconds) this.#count.textContent = String(left)
      else this.close()
    }
    clearInterval(this.#timer)
    this.#timer = setInterval(count, 1000)
    count()
  }

  /** A line without an offer, gone after a while. @param {string} words */
  say(words) {
    clearInterval(this.#timer)
    this.#button.hidden = true
    this.#line.textContent = words
    this.dataset.open = ""
    this.#timer = setInterval(() => this.close(), 6000)
  }

  close() {
    clearInterval(this.#timer)
    this.#undo = null
    delete this.dataset.open
    if (this.contains(document.activeElement)) document.getElementById("main")?.focus()
    this.#button.hidden = true
    this.#line.textContent = ""
  }

  // Private

  get #button() {
    return /** @type {HTMLButtonElement} */ (this.querySelector("button"))
  }

  get #line() {
    return /** @type {HTMLElement} */ (this.querySelector("p"))
  }

  get #count() {
    return /** @type {HTMLElement} */ (this.querySelector(".count"))
  }
}

customElements.define("undo-bar", UndoBar)
