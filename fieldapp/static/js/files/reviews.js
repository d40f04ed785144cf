// When a care tag is looked at again: within a year.

import { addDays } from "../forms/days.js"
import { say } from "../screens/view.js"
import { today } from "../sync/clock.js"

/** As days to tap. */
export function reviews() {
  const from = today()
  return [
    { value: addDays(from, 91), words: say("In 3 months") },
    { value: addDays(from, 182), words: say("In half a year") },
    { value: addDays(from, 365), words: say("In a year") },
  ]
}
