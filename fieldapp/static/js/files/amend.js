// #/amend/<kind>.<id>.<group> : one line of a file put right. Only what was changed is sent, so two
// people who put different lines right do not stand in each other's way.

import { changed } from "../forms/read.js"
import { dropDraft } from "../store/drafts.js"
import { keep } from "../store/outbox.js"
import * as roster from "../store/roster.js"
import { saved } from "../screens/frame.js"
import { learn } from "../screens/kinds.js"
import { Questions } from "../screens/questions.js"
import { forms, N_, say, view } from "../screens/view.js"
import { openForm, writing } from "../screens/visit.js"
import { askedOf } from "./entry.js"
import { groupOf, GROUPS, SETTLED } from "./groups.js"
import { quick } from "./quick.js"
import { reviews } from "./reviews.js"

learn({
  amend: { name: N_("Household file"), title: N_("Put right") },
  "amend-household": { name: N_("Household file"), steps: stepsOf("household") },
  "amend-person": { name: N_("Household file"), steps: stepsOf("person") },
})

/** @param {string} at @returns {Promise<import("../screens/view.js").Screen>} */
export async function draw(at) {
  const [kind = "", id = "", name = ""] = at.split(".")
  const group = groupOf(kind, name)
  const record = roster.record(kind, id)
  const home = record && roster.household(kind === "household" ? id : record.fields.hh)
  if (!group || !record || !home) return { part: view("gone"), refresh: "again" }
  const form = askedOf([group.keys.filter((key) => !SETTLED.includes(key))], forms[kind])
  const { part, label } = openForm("amend", home.fields)
  const draft = await writing(`amend/${at}`, form, record.fields)
  const back = kind === "household" ? `#/file/${id}` : `#/person/${id}`
  new Questions(part, {
    kind: `amend-${kind}`,
    form,
    typed: { ...draft.fields, hh: home.id },
    before: record.fields,
    remember: draft.remember,
    discard: draft.discard,
    async save(answers, typed, go) {
      const fields = changed(form, record.fields, answers)
      if (!Object.keys(fields).length) {
        await dropDraft(draft.key)
        return go()
      }
      const who = record.fields.name || label.who
      const entry = await keep({ id: draft.id, kind, record: id, base: roster.version(kind, id), form: forms[kind].version, grid: record.grid, fields, label: { ...label, who } }, { draft: draft.key })
      go(back)
      saved([entry], say("Saved on this phone: put right"), () => draft.again(typed, `#/amend/${at}`))
    },
  })
  if (group.keys.includes("tag_until")) quick(part, "tag_until", reviews())
  return { part }
}

/** @param {string} kind */
function stepsOf(kind) {
  return GROUPS[kind].map(({ keys }) => keys)
}
