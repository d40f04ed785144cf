// The phone's start, and the way from an address (#/household/…) to its screen.

import "./elements/date-choice.js"
import "./elements/undo-bar.js"
import { news, openPhone, present } from "./store/open.js"
import { isPracticeId, layOutPractice } from "./store/practice.js"
import * as roster from "./store/roster.js"
import { courier } from "./sync/courier.js"
import { inAppBrowser, selfTest } from "./sync/ready.js"
import { onRelease, registerWorker } from "./sync/release.js"
import { notice, startFrame } from "./screens/frame.js"
import * as household from "./screens/household.js"
import * as households from "./screens/households.js"
import * as outbox from "./screens/outbox.js"
import { needPack, pack, packFrom } from "./screens/pack.js"
import { followFingers, lifted } from "./screens/press.js"
import * as ready from "./screens/ready.js"
import { holdRows } from "./screens/rows.js"
import { takeSize } from "./screens/size.js"
import * as today from "./screens/today.js"
import { learn, on, one, say, shownOnce, view } from "./screens/view.js"
import * as visit from "./screens/visit.js"

/** @typedef {import("./screens/view.js").Screen} Screen */

/** Those of the first pack; all others come with the second. @type {Record<string, import("./screens/pack.js").Draw>} */
const SCREENS = {
  today: today.draw,
  households: households.draw,
  household: household.draw,
  visit: visit.draw,
  outbox: outbox.draw,
  ready: ready.draw,
  login: () => blankScreen("login", { phase: courier.state.phase === "offline" ? say("There is no network here just now.") : "" }),
  blocked: () => blankScreen("blocked", { why: blocked, in_app: inAppBrowser(navigator.userAgent) }),
}
const ALWAYS = ["ready"]
/** A slow disk is not waited for longer than this with an empty screen. */
const OPENING_MS = 1000

const html = document.documentElement
/** @type {HTMLElement} */
let main
let blocked = ""
/** @type {Screen | undefined} */
let shown
let turn = 0
/** The turn of the screen that is shown: another number is being drawn, from what was true when it began. */
let shownTurn = 0
/** What is asked for, shown or not yet. */
let at = ""
let moving = false
/** At which turn something last changed that is not shown yet. @type {number | undefined} */
let changedAt

/** Nothing that can wait stands before the first screen: people open this a hundred times a day. */
async function start() {
  if ("blocking" in HTMLScriptElement.prototype) html.dataset.opening = "" // nothing was drawn yet, and nothing shall be drawn twice
  setTimeout(opened, OPENING_MS)
  const opening = openStore() // the disk works while the page is being read
  opening.catch(() => {}) // looked at below
  await parsed()
  main = one(document, "#main")
  learn(document)
  listen()
  const phone = await opening.catch(block)
  if (phone?.member) layOutPractice({ head: say("Practice household"), other: say("Grandmother, for practice") })
  await route()
  if (phone) startFrame(phone)
  opened()
  html.dataset.ready = "1"
  await shownOnce()
  linkLater()
  if (blocked) return
  const round = courier.start(html.dataset.build)
  if (!roster.households().length) await round.catch(() => {}) // a weak line carries the list first
  courier.addEventListener("state", takePack)
  takePack()
  roster.prepare()
  await registerWorker()
  await onRelease(tellRelease) // from here on a worker is active
  if (shownIs("ready")) refresh()
}

/** What the first screen needs of the disk. Touches no element: the page may not be there yet. */
async function openStore() {
  if (inAppBrowser(navigator.userAgent) && !(await selfTest())) throw new Error("the store forgets")
  const phone = await openPhone()
  if (phone.member) await Promise.all([takeSize(), roster.load()])
  return phone
}

function opened() {
  delete html.dataset.opening
}

/** @returns {Promise<unknown>} */
function parsed() {
  if (document.readyState !== "loading") return Promise.resolve()
  return new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }))
}

function listen() {
  followFingers()
  addEventListener("hashchange", () => route({ moved: true }))
  one(document, ".skip").addEventListener("click", skip)
  courier.addEventListener("member", reload)
  news.addEventListener("roster", refreshSoon)
  news.addEventListener("outbox", () => shownIs("outbox", "record") && refresh())
  courier.addEventListener("state", () => shownIs("outbox", "login", "ready") && refresh())
  packFrom(() => import("./more.js"))
}

/** @param {unknown} fault */
function block(fault) {
  console.error(fault)
  blocked = say("This browser does not keep what is written, so nothing may be recorded here.")
}

/** Icon and manifest: for the browser, not for the reader. */
function linkLater() {
  for (const link of document.querySelectorAll("link")) if (link.dataset.later) link.href = link.dataset.later
}

/** Draws the screen of the present address. @param {{ moved?: boolean }} [how] moved: by a tap, so the reader is led to its heading */
async function route({ moved = false } = {}) {
  moving ||= moved // also when something new has it drawn anew before it is shown
  const [asked = "", ...parts] = location.hash.slice(2).split("/")
  const wanted = parts[1] === "correct" ? "correct" : asked
  const mine = ++turn
  at = allowed(wanted || "today")
  const { name, draw } = await screenAt(at)
  if (mine !== turn) return
  const screen = await draw(...parts.map(decodeURIComponent))
  html.toggleAttribute("data-practice", parts.some(isPracticeId))
  if (mine !== turn) return // meanwhile another address was asked for
  show(name, screen)
  shownTurn = mine
  if (moving) {
    one(document, "#scroll").scrollTop = 0
    lead()
  }
  moving = false
}

/** Of the second pack the page may be waiting still. @param {string} name */
async function screenAt(name) {
  if (name in SCREENS) return { name, draw: SCREENS[name] }
  if (!pack()) show("coming", { part: view("coming") })
  try {
    const { screens } = await needPack()
    return name in screens ? { name, draw: screens[name] } : { name: "today", draw: SCREENS.today }
  } catch (fault) {
    console.error(fault)
    return { name: "missing", draw: () => ({ part: view("missing") }) }
  }
}

/** In the background, once the first list is there; after a failure again when the network is back. */
async function takePack() {
  if (pack() || courier.state.phase === "sending" || "leaving" in html.dataset) return
  const there = await needPack().catch(() => null)
  if (there && shownIs("today", "outbox", "record", "ready")) refresh()
}

/** @param {string} name @param {Screen} screen */
function show(name, screen) {
  shown = screen
  on(screen.part, "reload", reload)
  main.replaceChildren(screen.part)
  html.dataset.screen = name
  showPlace(name)
}

/** First the frame that says "saved", then the screen as it is now, unless another was drawn meanwhile. */
async function refreshSoon() {
  const waiting = changedAt !== undefined
  changedAt = turn
  if (waiting) return
  await shownOnce()
  const drawnSince = changedAt !== turn
  changedAt = undefined
  if (!drawnSince) return refresh()
}

/** What changed elsewhere, shown without moving the reader, nor a door from under a finger. */
async function refresh() {
  const pressed = lifted()
  if (pressed) await pressed
  if (moving) return route() // what stands there is being left
  if (shownTurn === turn) {
    if (typeof shown?.refresh === "function") return shown.refresh()
    if (shown?.refresh !== "again") return
  }
  const held = /** @type {HTMLElement | null} */ (document.activeElement)
  const within = held && main.contains(held) ? markOf(held) : null
  const letGo = holdRows(main, one(document, "#scroll"))
  await route()
  letGo()
  if (within === null) return
  const again = within ? main.querySelector(within) : null
  if (again instanceof HTMLElement) again.focus({ preventScroll: true })
  if (document.activeElement === document.body) lead()
}

/** Past the bars; the address stays, for it names the screen. @param {Event} event */
function skip(event) {
  event.preventDefault()
  main.focus()
}

/** To the heading of the screen, which is then read out. */
function lead() {
  const heading = /** @type {HTMLElement} */ (main.querySelector("h1") || main)
  heading.focus({ preventScroll: true })
}

/** How to find the same thing in the screen drawn anew; "" if there is no way. @param {HTMLElement} element */
function markOf(element) {
  if (element.id) return `#${element.id}`
  for (const name of ["household", "case", "draft", "action", "place"]) {
    if (element.dataset[name]) return `[data-${name}="${element.dataset[name]}"]`
  }
  return ""
}

/** @param {string} name */
function allowed(name) {
  if (ALWAYS.includes(name)) return name
  if (blocked) return "blocked"
  return present() ? name : "login"
}

/** @param {string} name */
function showPlace(name) {
  const places = { household: "households", visit: "households", returnee: "households", plan: "households", round: "today", check: "today", alert: "today", case: "today", cases: "today", missed: "today", release: "today", notice: "today", record: "outbox", ready: "settings" }
  const here = /** @type {Record<string, string>} */ (places)[name] || name
  for (const link of document.querySelectorAll("[data-place]")) {
    if (/** @type {HTMLElement} */ (link).dataset.place === here) link.setAttribute("aria-current", "page")
    else link.removeAttribute("aria-current")
  }
}

/** @param {...string} names */
function shownIs(...names) {
  return names.includes(at)
}

/** @param {string} name @param {Record<string, unknown>} data @returns {Screen} */
function blankScreen(name, data) {
  return { part: view(name, data), refresh: name === "login" ? "again" : undefined }
}

function tellRelease() {
  html.dataset.released = ""
  notice("update", { icon: "save", tone: "fine", words: say("A new version of the program is on this phone."), link: "settings", label: say("Look at it") })
}

function reload() {
  html.dataset.leaving = ""
  location.reload()
}

start()
