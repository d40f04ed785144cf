// #/outbox : every change made on this phone, and how far it has come.

import { exportUnsent, newest } from "../store/outbox.js"
import { courier, verdict } from "../sync/courier.js"
import { syncWords } from "./frame.js"
import { list, shownIn } from "./rows.js"
import { N_, on, say, view } from "./view.js"
import { byTown, moment, titleOf, whereabouts } from "./words.js"

/** @typedef {import("../store/outbox.js").Entry} Entry */

/** @type {import("../store/outbox.js").State[]} */
const UNSENT = ["waiting", "sent", "problem"]
/** @type {import("../store/outbox.js").State[]} */
const SENT = ["accepted", "duplicate", "held"]
const ICONS = { all_sent: "town", sending: "sent", unsent: "phone", problem: "problem", never: "clock" }

/** @returns {Promise<import("./view.js").Screen>} */
export async function draw() {
  const { state } = courier
  const [unsent, sent] = await Promise.all([changesIn("unsent", UNSENT), changesIn("sent", SENT)])
  const part = view("outbox", {
    icon: ICONS[verdict(state)],
    verdict: syncWords(state),
    phase: phaseWords(state),
    unsent: unsent.length,
    sent: sent.length,
    none: !unsent.length && !sent.length,
  })
  const how = { soon: !document.querySelector('#main [data-slot="unsent"]') }
  list(part, "unsent", unsent, changeRow, how)
  list(part, "sent", sent, changeRow, how)
  on(part, "send", () => courier.syncNow())
  on(part, "export", exportFile)
  return { part, refresh: "again" }
}

/** Newest first; as many at once as the list shows. @param {string} slot @param {import("../store/outbox.js").State[]} states */
async function changesIn(slot, states) {
  const { entries, count } = await newest(states, shownIn(slot))
  return {
    length: count,
    /** @param {number} from @param {number} to */
    slice: (from, to) => from === 0 || from < entries.length ? entries.slice(from, to) : newest(states, to).then((more) => more.entries.slice(from)),
  }
}

/** A file for the worst case, made without the network. */
export async function exportFile() {
  const { name, text } = await exportUnsent()
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** @param {Entry} entry */
function changeRow(entry) {
  const { id, record, state, label, made_at } = entry
  return view("change", {
    id, record, state,
    plate: label?.where,
    title: label?.who,
    what: say("{when}: {what}", { when: moment(byTown(made_at)), what: whatOf(entry) }),
    ...whereabouts(entry),
  })
}

/** A correction carries only what it changes, so not where it happened. @param {Entry} entry */
function whatOf(entry) {
  if (entry.fields.voided) return say("Withdrawn")
  return "hh" in entry.fields || "stay_at" in entry.fields ? titleOf(entry) : say("Put right")
}

/** Why nothing is moving, if so. @param {import("../sync/courier.js").CourierState} state */
function phaseWords({ phase, pending: count, nextTryAt }) {
  const words = {
    offline: N_("No network here. That is no matter: what you record is on this phone, and is sent when there is a network and this page is open."),
    portal: N_("This network wants you to log in first. Open any other page in the browser and log in there."),
    busy: N_("The township's computer is busy. It is tried again by itself."),
    failed: N_("The township's computer did not answer properly. It is tried again by itself."),
    login: N_("To send, this phone needs a new link from your village head. Everything stays on this phone until then."),
    revoked: N_("This phone's pass is switched off. Everything stays on this phone; please call the township."),
  }[/** @type {string} */ (phase)]
  if (!words) return ""
  return say(words, { n: count, when: nextTryAt })
}
