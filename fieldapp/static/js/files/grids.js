// What people call a grid.

import { people } from "../store/duty.js"
import { present } from "../store/open.js"
import { say } from "../screens/view.js"

/** @param {string} code */
export function gridName(code) {
  const mine = present()?.member.duties.find(({ grid }) => grid === code)
  const known = people().find(({ grid }) => grid === code)
  return mine?.name || known?.grid_name || say("Grid {n}", { n: Number(code.slice(-3)) || code })
}
