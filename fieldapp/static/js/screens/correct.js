// #/record/<id>/correct : the questions of a record once more.

import { changed } from "../forms/read.js"
import { dropDraft } from "../store/drafts.js"
import { chain, keep } from "../store/outbox.js"
import * as roster from "../store/roster.js"
import { saved } from "./frame.js"
import { kinds } from "./kinds.js"
import { Questions } from "./questions.js"
import { recordOf } from "./record.js"
import { forms, say, view } from "./view.js"
import { openForm, writing } from "./visit.js"

/** @param {string} id @returns {Promise<import("./view.js").Screen>} */
export async function draw(id) {
  const record = recordOf(id, await chain(id))
  const form = record && forms[record.kind]
  const home = record && roster.household(record.fields.hh || record.fields.stay_at)
  if (!record || !form || !home || !kinds[record.kind]?.title) return { part: view("gone"), refresh: "again" }
  const { part, label } = openForm(record.kind, home.fields)
  const draft = await writing(`correct/${id}`, form, record.fields)
  new Questions(part, {
    kind: record.kind,
    form,
    typed: draft.fields,
    before: record.fields,
    remember: draft.remember,
    discard: draft.discard,
    async save(answers, typed, go) {
      const fields = changed(form, record.fields, answers)
      if (!Object.keys(fields).length) {
        await dropDraft(draft.key)
        return go()
      }
      const { kind, grid } = record
      const entry = await keep({ id: draft.id, kind, record: id, base: roster.version(kind, id), form: form.version, grid, fields, label }, { draft: draft.key })
      go(`#/record/${id}`)
      saved([entry], say("Saved on this phone: put right"), () => draft.again(typed, `#/record/${id}/correct`))
    },
  })
  return { part }
}
