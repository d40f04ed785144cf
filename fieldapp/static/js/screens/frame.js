// What stands around every screen: the sync line, the count, notices, undo, and the word at the door.

import { dismissLoss } from "../store/loss.js"
import { news, present } from "../store/open.js"
import { undo, UNDO_MS } from "../store/outbox.js"
import { courier, verdict } from "../sync/courier.js"
import { inAppBrowser, isNearlyFull } from "../sync/ready.js"
import { one, say, view } from "./view.js"
import { briefly, byTown, moment } from "./words.js"

/** @typedef {import("../store/outbox.js").Entry} Entry */
/** @typedef {import("../sync/courier.js").CourierState} CourierState */
/** @typedef {{ words: string, icon?: string, tone?: string, button?: string, act?: () => void, link?: string, label?: string }} Notice */

const QUIET_MS = 700

/** @param {{ losses: import("../store/loss.js").Loss[] }} phone */
export function startFrame({ losses }) {
  one(document, '[data-notice="demo"]').hidden = !present()?.demo
  courier.addEventListener("state", () => showState(courier.state))
  courier.addEventListener("trouble", tellTrouble)
  news.addEventListener("draft-failed", tellTrouble)
  addEventListener("beforeunload", holdBack)
  losses.forEach(tellLoss)
  tellInApp()
  tellFull()
  showState(courier.state)
}

/**
 * Says "saved", which is true now, and offers undo.
 *
 * @param {Entry[]} entries @param {string} words @param {() => unknown} [afterUndo]
 */
export function saved(entries, words, afterUndo) {
  rest()
  bar().offer(words, UNDO_MS / 1000, async () => {
    const undone = await undo(entries.map(({ id }) => id))
    bar().say(undone ? say("Taken back. Nothing was recorded.") : say("It has left already. You can still put it right for 24 hours."))
    if (undone) afterUndo?.()
  })
}

/** A line that is read out and then goes. @param {string} words */
export function tell(words) {
  bar().say(words)
}

/** The next taps of a trembling or gloved hand hit nothing. */
export function rest() {
  const main = one(document, "#main")
  main.dataset.resting = ""
  setTimeout(() => delete main.dataset.resting, QUIET_MS)
}

/** @param {string} name @param {Notice} what */
export function notice(name, { words, icon = "problem", tone = "warm", button, act, link, label }) {
  if (document.querySelector(`#notices [data-notice="${name}"] p`)?.textContent === words) return
  dropNotice(name)
  const part = view("notice", { notice: name, words, icon, button, link, label })
  const box = one(part, ".note")
  box.classList.add(tone)
  if (act) one(part, "button").addEventListener("click", () => (box.remove(), act()))
  one(document, "#notices").append(part)
}

/** @param {string} name */
export function dropNotice(name) {
  document.querySelector(`#notices [data-notice="${name}"]`)?.remove()
}

/** What is still here, in plain words. @param {CourierState} state */
export function syncWords(state) {
  const { lastSentAt, lastSyncAt, pending, problem } = state
  const words = {
    all_sent: () => lastSentAt ? say("Received by the township {time}", { time: briefly(byTown(lastSentAt)) }) : say("Up to date at {time}", { time: lastSyncAt ? briefly(byTown(lastSyncAt)) : "" }),
    sending: () => pending ? say("Sending {n}…", { n: pending }) : say("Looking for news…"),
    unsent: () => say("{n} still on this phone", { n: pending }),
    problem: () => say("{n} with a problem", { n: problem }),
    never: () => say("Not yet connected to the township"),
  }
  return words[verdict(state)]()
}

/** @param {CourierState} state */
function showState(state) {
  const { counted, pending, problem, phase, skew } = state
  const line = one(document, "#sync")
  const words = syncWords(state)
  if (line.textContent !== words) line.textContent = words
  line.dataset.sync = phase
  line.dataset.verdict = verdict(state)
  const count = one(document, "#pending")
  // Nobody is told that nothing is left before it was counted.
  if (counted) count.textContent = count.dataset.count = String(pending + problem)
  if (!(pending + problem)) dropNotice("pending")
  tellPass(phase)
  if (!skew) return dropNotice("clock")
  notice("clock", { icon: "clock", words: say("This phone's clock is wrong: it says {phone}, the township says {server}. Please set it in the phone's settings. Recording goes on; the township's time counts.", { phone: skew.phone.slice(0, 16).replace("T", " "), server: skew.server.slice(0, 16).replace("T", " ") }) })
}

/** @param {CourierState["phase"]} phase */
function tellPass(phase) {
  if (phase === "sending") return
  const phone = present()?.town.phone || ""
  if (phase === "login" && present()) notice("login", { icon: "me", words: say("The township does not know this phone any more. Ask your village head for a new link and open it here. Keep on recording: everything stays on this phone and goes out then.") })
  else dropNotice("login")
  if (phase === "revoked") notice("revoked", { icon: "me", words: say("The township has switched off this phone's pass. What you recorded stays on this phone. Please call the township: {phone}", { phone }) })
  else dropNotice("revoked")
}

/** @param {import("../store/loss.js").Loss} loss */
function tellLoss({ id, count, noticed_at }) {
  notice("loss", {
    words: say("This phone has lost {n} records that had not been sent (noticed {when}). The township will hear of it. Please enter again what you remember.", { n: count, when: moment(noticed_at) }),
    button: say("I have read it"),
    act: () => dismissLoss(id),
  })
}

function tellInApp() {
  if (!inAppBrowser(navigator.userAgent)) return
  notice("wechat", { icon: "share", words: say("Please open this page in the browser: here, what you record can get lost when this window is closed."), link: "ready", label: say("Show me how") })
}

async function tellFull() {
  const room = await navigator.storage?.estimate?.().catch(() => null)
  if (isNearlyFull(room?.usage ?? null, room?.quota ?? null)) notice("full", { words: say("This phone is nearly full. Free some space soon, for example old videos, so that recording can go on.") })
}

function tellTrouble() {
  notice("store", { words: say("The phone could not write just now. What you see is still here; save again before you close this page.") })
}

/** @param {BeforeUnloadEvent} event */
function holdBack(event) {
  const { pending } = courier.state
  if (!pending || document.documentElement.dataset.leaving) return
  notice("pending", { icon: "phone", words: say("{n} not sent yet. They stay on this phone and go out when this page is open and there is a network.", { n: pending }) })
  event.preventDefault()
  event.returnValue = ""
}

function bar() {
  return /** @type {import("../elements/undo-bar.js").UndoBar} */ (/** @type {unknown} */ (one(document, "undo-bar")))
}
