// Answers to tap instead of type: buttons over a field that write into it.

import { one, view } from "../screens/view.js"

/**
 * @param {ParentNode} part @param {string} key of the question
 * @param {{ value: string, words: string }[]} answers
 */
export function quick(part, key, answers) {
  const box = part.querySelector(`[data-question="${key}"]`)
  const input = /** @type {HTMLInputElement | null} */ (box?.querySelector("input"))
  if (!box || !input || !answers.length) return
  const row = view("quick")
  const buttons = answers.map(({ value, words }) => button(value, words))
  one(row, "[data-quick]").replaceChildren(...buttons)
  const mark = () => buttons.forEach((each) => each.setAttribute("aria-pressed", String(each.value === input.value)))
  for (const each of buttons) {
    each.addEventListener("click", () => {
      input.value = each.value
      input.dispatchEvent(new Event("input", { bubbles: true }))
    })
  }
  input.addEventListener("input", mark)
  mark()
  ;(input.closest("date-choice") || input).before(row)
}

/** @param {string} value @param {string} words */
function button(value, words) {
  const made = document.createElement("button")
  Object.assign(made, { type: "button", className: "button quiet", value, textContent: words })
  return made
}
