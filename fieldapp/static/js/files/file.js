// #/file/<household>, #/person/<id> : what the file says, line by line, and what can be done with it.

import { uuid } from "../store/open.js"
import { chain, keep } from "../store/outbox.js"
import * as roster from "../store/roster.js"
import { today } from "../sync/clock.js"
import { saved } from "../screens/frame.js"
import { forms, on, one, place, say, sayFault, view } from "../screens/view.js"
import { byTown, labelOf, moment, plateOf } from "../screens/words.js"
import { likelyView, personLine } from "./doubles.js"
import { GROUPS, lineOf, nameOf, valueOf } from "./groups.js"
import { samePerson, ASK_FROM } from "./likeness.js"
import { aboutPerson } from "./people.js"
import { sounds } from "./table.js"

/** @typedef {import("../store/book.js").Row} Row */

/** @param {string} id @returns {Promise<import("../screens/view.js").Screen>} */
export async function household(id) {
  const record = roster.record("household", id)
  const home = roster.household(id)
  if (!record || !home) return { part: view("gone"), refresh: "again" }
  const { fields } = record
  const people = home.people.filter((person) => !person.fields.voided)
  const part = filePart(record, {
    plate: plateOf(fields),
    title: fields.nickname ? say("{name} ({nickname})", { name: fields.head_name, nickname: fields.nickname }) : fields.head_name,
    about: fields.address_text,
    living: true,
    people_words: say("Who belongs here: {n}", { n: people.length }),
    move_words: say("Stands elsewhere: move the household"),
    merge_words: say("Entered twice: make one file of two"),
    home: id,
  })
  place(part, "people", people.map(personRow))
  await finish(part, record, await doublesIn(people))
  return { part, refresh: "again" }
}

/** @param {string} id @returns {Promise<import("../screens/view.js").Screen>} */
export async function person(id) {
  const record = roster.record("person", id)
  if (!record) return { part: view("gone"), refresh: "again" }
  const { fields } = record
  const home = roster.household(fields.hh)
  const part = filePart(record, {
    plate: home ? plateOf(home.fields) : "·",
    title: fields.nickname ? say("{name} ({nickname})", { name: fields.name, nickname: fields.nickname }) : fields.name,
    about: home && say("At {name}", { name: home.fields.head_name }),
    move_words: say("Lives elsewhere: move to another household"),
    merge_words: say("Entered twice: make one file of two"),
    mistake: !fields.voided,
    home: home?.id,
  })
  await finish(part, record, null)
  return { part, refresh: "again" }
}

/** @param {Row} record @param {Record<string, unknown>} data */
function filePart({ kind, record: id, fields }, data) {
  const merged = mergedInto(kind, id)
  const voided = fields.voided && (fields.merged_into ? say("This file was merged into another one.") : say("This was taken out of the list."))
  const part = view("file", { id, kind, voided, merged: merged.length, ...data })
  place(part, "groups", GROUPS[kind].map((group) => {
    const value = lineOf(kind, group, fields)
    const late = group.name === "care" && fields.tag_until && fields.tag_until < today()
    return view("file-line", { at: `${kind}.${id}.${group.name}`, group: group.name, icon: group.icon, name: nameOf(kind, group), value: value || say("nothing yet"), empty: value ? undefined : "", more: late && say("The day to look again has passed"), tone: late ? "do" : "" })
  }))
  place(part, "merged", merged.map((row) => view("file-merged", { id: row.record, name: row.fields.head_name || row.fields.name, about: row.fields.address_text })))
  return part
}

/** @param {DocumentFragment} part @param {Row} record @param {DocumentFragment | null} doubles */
async function finish(part, record, doubles) {
  const disputes = await disputesOf(record)
  place(part, "disputes", doubles ? [...disputes, doubles] : disputes)
  const sure = one(part, '[data-slot="sure"]')
  on(part, "mistake", (button) => {
    button.hidden = true
    sure.hidden = false
    one(sure, "button").focus()
  })
  on(part, "mistake-yes", () => keepFile(record, { voided: true }, say("Saved on this phone: taken out of the list")))
  on(part, "apart", (button) => {
    const other = roster.record(record.kind, button.dataset.apart || "")
    if (other) keepFile(other, { voided: false, merged_into: null }, say("Saved on this phone: two files again"))
  })
}

/** One change to a whole file, kept at once. @param {Row} record @param {Record<string, unknown>} fields @param {string} words */
async function keepFile({ kind, record, grid, fields: before }, fields, words) {
  try {
    const home = roster.household(before.hh || record)
    const label = { who: before.name || before.head_name, where: home ? plateOf(home.fields) : "" }
    const entry = await keep({ id: uuid(), kind, record, base: roster.version(kind, record), form: forms[kind].version, grid, fields, label })
    saved([entry], words)
  } catch (fault) {
    sayFault(one(document, "#main"), fault)
  }
}

/**
 * Where two people gave two answers: what counts now, and what was entered here.
 *
 * @param {Row & { disputed?: string[] }} record
 */
async function disputesOf({ kind, record, fields, disputed = [] }) {
  const mine = (await chain(record)).reverse()
  return disputed.map((key) => {
    const entry = mine.find((one) => key in one.fields && JSON.stringify(one.fields[key]) !== JSON.stringify(fields[key] ?? null))
    return view("file-dispute", {
      key,
      name: say("{question}: two people said different things", { question: labelOf(kind, key) }),
      counts: say("Counts now: {value}", { value: said(kind, key, fields[key]) }),
      mine: entry && say("You entered {when}: {value}", { when: moment(byTown(entry.made_at)), value: said(kind, key, entry.fields[key]) }),
      next: say("Both are kept. The township asks and decides; if you know which is right, put the line right below."),
    })
  })
}

/** @param {string} kind @param {string} key @param {unknown} value */
function said(kind, key, value) {
  return valueOf(kind, key, value) || say("nothing")
}

/** @param {Row} person */
function personRow({ record, fields }) {
  return view("file-person", { id: record, name: fields.name, about: aboutPerson(fields) })
}

/** Two of one household who may be one: the question, or nothing. @param {Row[]} people */
async function doublesIn(people) {
  const how = { sounds: await sounds(), year: Number(today().slice(0, 4)) }
  for (const [at, one] of people.entries()) {
    for (const other of people.slice(at + 1)) {
      const likeness = samePerson(one.fields, other.fields, how)
      if (likeness.points < ASK_FROM) continue
      const line = { ...personLine({ ...other, ...likeness }), route: "merge/person", id: one.record }
      return likelyView(say("Is {name} in here twice?", { name: one.fields.name }), [line])
    }
  }
  return null
}

/** The files that were merged into this one. @param {string} kind @param {string} id @returns {Row[]} */
function mergedInto(kind, id) {
  return roster.recordsOf(kind).filter(({ record, fields }) => fields.voided && fields.merged_into === id && record !== id)
}
