// #/settings : who I am, the size of the words, the language, a new version, leaving.

import * as meta from "../store/meta.js"
import { drafts } from "../store/drafts.js"
import { present } from "../store/open.js"
import { courier } from "../sync/courier.js"
import { requestToLeave } from "../sync/leave.js"
import { takeRelease } from "../sync/take-over.js"
import { exportFile } from "./outbox.js"
import { takeSize } from "./size.js"
import { N_, on, one, place, say, view } from "./view.js"

/** @returns {Promise<import("./view.js").Screen>} */
export async function draw() {
  const me = present()
  const phone = me?.town.phone
  const part = view("settings", {
    name: me?.member.name,
    release: "released" in document.documentElement.dataset,
    phone,
    phone_words: say("Call the township: {phone}", { phone }),
    build: say("Version {build}", { build: document.documentElement.dataset.build }),
  })
  place(part, "duties", (me?.member.duties || []).map(({ role, name }) => view("duty", { role: say(ROLES[role] || role), grid: name })))
  on(part, "update", update)
  on(part, "size", (button) => size(button.dataset.size || ""))
  on(part, "logout", leave)
  on(part, "send", send)
  on(part, "export", exportFile)
  press(part)
  return { part }
}

/** @param {string} chosen */
async function size(chosen) {
  await meta.set("screen.size", chosen)
  await takeSize()
  press(document)
}

/** @param {ParentNode} part */
function press(part) {
  for (const button of part.querySelectorAll("button[data-size]")) {
    const chosen = /** @type {HTMLElement} */ (button).dataset.size === document.documentElement.dataset.size
    button.setAttribute("aria-pressed", String(chosen))
  }
}

/** What is being typed is on the disk, so the page may be opened anew. */
async function update() {
  await drafts()
  document.documentElement.dataset.leaving = ""
  await takeRelease()
}

async function send() {
  await courier.syncNow()
  if (!courier.state.pending) one(document, '[data-slot="refused"]').hidden = true
}

/** Refused while anything is unsent: logging out wipes this phone. */
async function leave() {
  const main = one(document, "#main")
  const refused = one(main, '[data-slot="refused"]')
  const { left, pending } = await requestToLeave().catch(() => ({ left: false, pending: 0 }))
  if (left) {
    document.documentElement.dataset.leaving = ""
    return location.replace("/phone/")
  }
  one(refused, "p").textContent = pending
    ? say("{n} records have not reached the township. Send them first, or save them as a file.", { n: pending })
    : say("Logging out needs the network, so that the township hears of it. Please try again there.")
  refused.hidden = false
}

/** @type {Record<string, string>} */
const ROLES = {
  chief_head: N_("Chief grid head"),
  head: N_("Grid head"),
  member: N_("Grid member"),
  leader: N_("Grid team leader"),
  doctor: N_("Village doctor"),
  officer: N_("Town officer"),
  volunteer: N_("Volunteer"),
}
