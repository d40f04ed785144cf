// What the phone knows of each kind of record beside its form: its name, and how it is asked.

import { N_ } from "./view.js"

/**
 * @typedef {object} Kind
 * @property {string} name
 * @property {string} [title] of its form, where people fill one in
 * @property {string[][]} [steps] which questions stand together; one that is named nowhere gets a step of its own, so that none is lost
 */

/** @type {Record<string, Kind>} */
export const kinds = {
  visit: {
    name: N_("Visit"),
    title: N_("Something to report"),
    steps: [
      ["result"], ["asked_q1", "asked_q2"], ["symptoms", "symptoms_text", "temp_status", "temp"], ["mode"],
      ["needs", "needs_text"], ["hazards"], ["publicity", "next_visit"], ["remark", "notice_shown"],
      ["occurred_at", "late_reason"],
    ],
  },
  returnee: { name: N_("Somebody who came") },
  person: { name: N_("Household member") },
  household: { name: N_("Household") },
  isolation_case: { name: N_("Home isolation") },
}

/** What the second pack knows more. @param {Record<string, Partial<Kind>>} more */
export function learn(more) {
  for (const [kind, facts] of Object.entries(more)) kinds[kind] = { ...kinds[kind], ...facts, name: facts.name || kinds[kind]?.name || "" }
}
