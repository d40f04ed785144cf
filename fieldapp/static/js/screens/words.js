// How the phone says times, doors, answers and the state of a change.

import { sentence } from "../forms/sentences.js"
import { courier } from "../sync/courier.js"
import { now, stamp, today } from "../sync/clock.js"
import { kinds } from "./kinds.js"
import { forms, language, messages, N_, say } from "./view.js"

const DAY_MS = 24 * 60 * 60 * 1000
/** A door is visited again after a week: until then it counts as done. */
export const ROUND_MS = 7 * DAY_MS
export const REVISIT_MS = DAY_MS
const LIVED_IN = ["resident", "rented", "seasonal", undefined]

/** @typedef {import("../store/book.js").Household} Household */
/** @typedef {import("../store/outbox.js").Entry} Entry */
/** @typedef {{ icon: string, tone: string, words: string }} Sign */
/** @typedef {Sign & { todo: boolean, at: number }} Standing */

/** "Today 10:32", "Yesterday 17:05", "23 November 09:10". @param {string | number} when ISO 8601 or ms */
export function moment(when) {
  const local = stamp(typeof when === "number" ? when : Date.parse(when))
  const time = local.slice(11, 16)
  const day = local.slice(0, 10)
  if (day === today()) return say("Today {time}", { time })
  if (day === today(now() - DAY_MS)) return say("Yesterday {time}", { time })
  return `${dayWords(day)} ${time}`
}

/** A moment that this phone's own clock gave, by the township's. @param {string | number} when */
export function byTown(when) {
  return (typeof when === "number" ? when : Date.parse(when)) + now() - Date.now()
}

/** Of today the time is enough. @param {number} ms */
export function briefly(ms) {
  const local = stamp(ms)
  return local.slice(0, 10) === today() ? local.slice(11, 16) : moment(ms)
}

/** "12月7日", "7 December". @param {string} day ISO */
export function dayWords(day) {
  format ||= new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { month: "long", day: "numeric", timeZone: "UTC" })
  return format.format(Date.parse(day))
}

/** What hangs beside the door: its number, or its place in the walking order. @param {Record<string, any>} fields */
export function plateOf(fields) {
  const number = /(\d+)\s*号/.exec(fields.address_text || "")
  return number ? number[1] : String(Number(String(fields.hh_no || "").slice(-3)) || fields.walk_no || "·")
}

/** @param {string} kind @param {string} key */
export function field(kind, key) {
  return forms[kind]?.fields.find((/** @type {{key: string}} */ one) => one.key === key)
}

/** What the form calls this question. @param {string} kind @param {string} key */
export const labelOf = (kind, key) => worded(field(kind, key)?.label) || key

/** An answer as people say it. @param {string} kind @param {string} key @param {unknown} value @returns {string} */
export function answer(kind, key, value) {
  if (Array.isArray(value)) return value.map((one) => answer(kind, key, one)).join(say(", "))
  if (value === true) return say("Yes")
  if (value === false) return say("No")
  const { type, labels } = field(kind, key) || {}
  if (type === "dt") return moment(String(value))
  return worded(labels?.[String(value)]) || String(value ?? "")
}

/** The kind of a record, in words. @param {{ kind: string, fields: Record<string, any> }} of */
export function titleOf({ kind, fields }) {
  if (fields.result === "normal") return say("All is well")
  if (fields.result === "nobody_home") return say("Nobody at home")
  if (kind === "visit" && fields.result) return answer(kind, "result", fields.result)
  return say(kinds[kind]?.name || N_("Record"))
}

/** What is to be done at this door, and what was last seen; the words are made for the doors that are shown. @param {Household} household @param {number} at ms @returns {Standing} */
export function standing({ visits, fields }, at) {
  const last = visits.find((visit) => !visit.fields.voided)
  const lived = LIVED_IN.includes(fields.occupied)
  if (!last) {
    if (!lived) return { icon: "nobody", tone: "", words: answer("household", "occupied", fields.occupied), todo: false, at: 0 }
    return { icon: "clock", tone: "do", words: say("Not visited yet"), todo: true, at: 0 }
  }
  const seen = Date.parse(last.fields.occurred_at) || at
  const { result } = last.fields
  if (result === "nobody_home") {
    const late = at > seen + REVISIT_MS
    const get = () => late ? say("Nobody home {when}: try again now", { when: moment(seen) }) : say("Nobody home: again by {due}", { due: moment(seen + REVISIT_MS) })
    return { icon: "nobody", tone: "do", get words() { return get() }, todo: lived, at: seen }
  }
  const over = at - seen > ROUND_MS
  const icon = over ? "clock" : result === "normal" ? "fine" : result === "arrivals" || result === "unwell" ? "report" : "look"
  const tone = over ? "do" : result === "normal" ? "fine" : ""
  return { icon, tone, get words() { return say("{when}: {what}", { when: moment(seen), what: titleOf(last) }) }, todo: over && lived, at: seen }
}

/** Where a change is, in words that can be read out on the telephone. @param {Entry} entry @returns {Sign & { reason: string }} */
export function whereabouts({ state, answered_at, receipt, errors, kind }) {
  const time = answered_at ? briefly(byTown(answered_at)) : ""
  if (state === "sent") return { icon: "sent", tone: "", words: courier.state.phase === "sending" ? say("Being sent") : say("Sent, no answer yet: it goes out again"), reason: "" }
  if (state === "held") return { icon: "look", tone: "", words: say("With the township since {time}; somebody will look at it (receipt {receipt})", { time, receipt }), reason: reasons(kind, errors) }
  if (state === "problem") return { icon: "problem", tone: "wrong", words: say("There is a problem"), reason: reasons(kind, errors) }
  if (state === "practice") return { icon: "pencil", tone: "", words: say("Practice: nothing here is sent or counted"), reason: "" }
  if (state === "waiting") return { icon: "phone", tone: "do", words: say("Still on this phone"), reason: "" }
  return { icon: "town", tone: "fine", words: say("Received by the township {time} (receipt {receipt})", { time, receipt }), reason: "" }
}

/** @param {string} kind @param {Record<string, string[]>} errors */
function reasons(kind, errors) {
  return Object.entries(errors || {})
    .map(([key, [code = ""]]) => {
      if (!field(kind, key)) return say(REASONS[code] || N_("Something in it could not be read."))
      const words = sentence(forms[kind], key, code, { messages, language, now: new Date(now()) })
      return say("{question}: {words}", { question: labelOf(kind, key), words })
    })
    .join(" ")
}

/** Words that may be given in both languages. @param {any} words @returns {string} */
export function worded(words) {
  return typeof words === "object" && words ? words[language] : words || ""
}

/** @type {Intl.DateTimeFormat | undefined} */
let format

/** Of a change as a whole; what is wrong with an answer, its form says. @type {Record<string, string>} */
const REASONS = {
  too_large: N_("It is too large to be sent. Save it as a file and give it to the township."),
  unreadable: N_("It could not be read on the way. Save it as a file and give it to the township."),
  not_yours: N_("This door is not in your grid any more. The township decides who takes it."),
  unknown_grid: N_("The township does not know this grid. It will look for the right one."),
  unknown_kind: N_("The township's program does not know this kind of record yet."),
  unknown_form: N_("It was written with a form that the township does not have."),
  from_the_future: N_("The township's program is older than this phone's. It is taken in later."),
  already_used: N_("The township already has a record with this number, but it says something else."),
}
