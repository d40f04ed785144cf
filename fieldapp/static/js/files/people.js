// What is said of a person in one line.

import { today } from "../sync/clock.js"
import { say } from "../screens/view.js"
import { answer } from "../screens/words.js"

/** @param {Record<string, any>} fields */
export function aboutPerson({ relation, sex, age, birth_year, away_place }) {
  const years = age ?? (birth_year && Number(today().slice(0, 4)) - birth_year)
  const parts = [
    relation && answer("person", "relation", relation),
    sex && answer("person", "sex", sex),
    years && say("{n} years", { n: years }),
    away_place,
  ]
  return parts.filter(Boolean).join(say(", "))
}
