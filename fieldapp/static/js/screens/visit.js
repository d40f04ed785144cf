// #/visit/<household> : something to report; and what every form here begins with.

import { dropDraft, openDraft, writeDraft } from "../store/drafts.js"
import * as meta from "../store/meta.js"
import { present, uuid } from "../store/open.js"
import { keep } from "../store/outbox.js"
import * as roster from "../store/roster.js"
import { now, stamp } from "../sync/clock.js"
import { saved } from "./frame.js"
import { kinds } from "./kinds.js"
import { Questions, suggested } from "./questions.js"
import { forms, say, view } from "./view.js"
import { plateOf, titleOf } from "./words.js"

/** @param {string} hh @returns {Promise<import("./view.js").Screen>} */
export async function draw(hh) {
  const household = roster.household(hh)
  if (!household) return { part: view("gone"), refresh: "again" }
  const form = forms.visit
  const { part, label } = openForm("visit", household.fields)
  const draft = await writing(`visit/${hh}`, form, { ...suggested(form), mode: (await meta.get("screen.mode")) || "indoors" })
  const record = uuid()
  new Questions(part, {
    kind: "visit",
    form,
    typed: { ...draft.fields, hh },
    remember: draft.remember,
    discard: draft.discard,
    async save(answers, typed, go) {
      const fields = { occurred_at: stamp(now()), ...answers }
      const entry = await keep({ id: draft.id, kind: "visit", record, base: null, form: form.version, grid: household.grid, fields, label }, { draft: draft.key })
      await meta.set("screen.mode", answers.mode)
      const came = answers.asked_q1 === true || answers.result === "arrivals"
      go(came ? `#/returnee/${hh}/${record}` : `#/household/${hh}`)
      saved([entry], savedWords(label, entry), () => draft.again(typed, `#/visit/${hh}`))
    },
  })
  return { part }
}

/** The form's page, and the words by which people know what it is about. @param {string} kind @param {Record<string, any>} household */
export function openForm(kind, household) {
  const label = { who: household.head_name, where: plateOf(household) }
  const phone = present()?.town.phone
  const phone_words = phone && say("Call the township: {phone}", { phone })
  const part = view("form", { kind, title: say(kinds[kind].title || ""), plate: label.where, head: label.who, phone, phone_words })
  return { part, label }
}

/** A draft that was left, or a new one. @param {string} key @param {import("../forms/definition.js").Form} form @param {Record<string, any>} first */
export async function writing(key, form, first) {
  const left = await openDraft(key)
  const id = left?.id || uuid()
  /** @param {Record<string, any>} fields */
  const remember = (fields) => writeDraft({ key, id, form: form.version, fields })
  return {
    key, id, remember,
    discard: () => dropDraft(key),
    fields: /** @type {Record<string, any>} */ (left?.fields || first),
    /** After undo everything stands in the form again. @param {Record<string, any>} typed @param {string} hash */
    async again(typed, hash) {
      await openDraft(key)
      remember(typed)
      location.hash = hash
    },
  }
}

/** @param {{ where: string }} label @param {{ kind: string, fields: Record<string, any> }} of */
export function savedWords({ where }, of) {
  return say("Saved on this phone: {plate}, {what}", { plate: where, what: titleOf(of) })
}
