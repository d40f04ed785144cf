// <row-opener>: around a link to a village's grids. The first click lets htmx fetch them into the
// table body that the link names; later clicks close and open it. Without it, the link is a link.

class RowOpener extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.toggle, { capture: true })
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.toggle, { capture: true })
  }

  // Actions

  /** @param {MouseEvent} event */
  toggle(event) {
    const link = this.querySelector("a")
    const rows = link && document.getElementById(link.getAttribute("aria-controls") ?? "")
    if (!link || !rows || event.ctrlKey || event.metaKey || event.shiftKey) return

    if (rows.childElementCount > 0) {
      rows.hidden = !rows.hidden
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    link.setAttribute("aria-expanded", String(!rows.hidden))
  }
}

customElements.define("row-opener", RowOpener)
