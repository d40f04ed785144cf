// #/ready : can this phone work without a network, and what to do about it.

import { askToPersist, facts, verdictOf } from "../sync/ready.js"
import { N_, on, one, place, say, view } from "./view.js"
import { moment } from "./words.js"

/** @typedef {import("../sync/ready.js").Facts} Facts */

/** Good to have, and no reason to worry without. */
const WELCOME = ["persisted", "install"]
const MB = 1024 * 1024

/** @returns {Promise<import("./view.js").Screen>} */
export async function draw() {
  const found = await facts(document.documentElement.dataset.build)
  const verdict = verdictOf(found)
  const part = view("ready", {
    ...VERDICTS[verdict],
    words: say(VERDICTS[verdict].words),
    advice: say(adviceFor(found, verdict)),
    verdict: SHORT[verdict],
    in_app: found.inApp,
    install: !found.inApp && !isInstalled() && verdict !== "cannot_save",
    ask: found.persisted === false,
  })
  place(part, "facts", rows(found).map(([fact, good, name, value]) => view("check", { fact, name, value, icon: good ? "save" : WELCOME.includes(fact) ? "clock" : "problem" })))
  on(part, "persist", async (button) => {
    const kept = await askToPersist()
    one(button, "span").textContent = kept ? say("The phone promised to keep them") : say("The phone did not promise it yet. Put the page on the home screen first.")
  })
  return { part, refresh: "again" }
}

const VERDICTS = {
  offline_start: { icon: "fine", tone: "fine", words: N_("Opens without a network") },
  this_page_only: { icon: "clock", tone: "do", words: N_("Only this page, while it is open") },
  cannot_save: { icon: "problem", tone: "wrong", words: N_("Cannot save here") },
}

const SHORT = { offline_start: "offline", this_page_only: "page", cannot_save: "none" }

/** @param {Facts} found @param {ReturnType<typeof verdictOf>} verdict */
function adviceFor({ inApp, secure, rosterDate }, verdict) {
  if (verdict === "offline_start") return N_("You can set out. Everything you record is kept on this phone, network or not.")
  if (verdict === "cannot_save") return N_("Leave private browsing, free some space on the phone, or open the page in another browser. Then try again.")
  if (inApp) return N_("Inside this app the page is lost when its window is closed. Open it in the browser, as in the picture.")
  if (!secure) return N_("The address does not begin with https. Open the link that the township gave you.")
  if (!rosterDate) return N_("The list of doors has not come down completely. Stay in the network for a moment, with this page open.")
  return N_("Stay in the network for a moment and open this page once more. If it stays like this, use another browser.")
}

/** @param {Facts} found @returns {[string, unknown, string, string][]} name, whether it is well, question, answer */
function rows(found) {
  const { canSave, workerActive, shellCached, rosterDate, households, people, persisted, usage, quota, nearlyFull, lastSync } = found
  const none = say("Not yet")
  return [
    ["store", canSave, say("Records can be saved"), canSave ? say("Yes: written, closed, read again") : say("No")],
    ["worker", workerActive && shellCached, say("The pages are on this phone"), workerActive && shellCached ? say("Yes") : none],
    ["roster", rosterDate, say("The list of doors"), rosterDate ? say("{doors} doors, {people} people, of {when}", { doors: households, people, when: moment(rosterDate) }) : none],
    ["sync", lastSync, say("Last spoken to the township"), lastSync ? moment(lastSync) : none],
    ["space", !nearlyFull, say("Space on the phone"), quota ? say("{used} MB of {quota} MB used", { used: Math.ceil((usage || 0) / MB), quota: Math.round(quota / MB) }) : say("The browser does not say")],
    ["persisted", persisted, say("Kept when the phone gets full"), persisted ? say("Yes") : persisted === false ? say("Not promised") : say("The browser does not say")],
    ["install", isInstalled(), say("On the home screen"), isInstalled() ? say("Yes") : say("No")],
  ]
}

function isInstalled() {
  return matchMedia("(display-mode: standalone)").matches
}
