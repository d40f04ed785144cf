// The second pack: screens with their words, forms and looks that the first list does without.

import { language, learn } from "./view.js"

/** @typedef {(...parts: string[]) => import("./view.js").Screen | Promise<import("./view.js").Screen>} Draw */
/** @typedef {{ screens: Record<string, Draw>, hooks: Record<string, (...given: any[]) => any> }} More */

const PAGE = language === "en" ? "/phone/en/more" : "/phone/more"

/** @type {() => Promise<More>} */
let load = () => Promise.reject(new Error("no second pack"))
/** @type {Promise<More> | null} */
let coming = null
/** @type {More | null} */
let there = null

/** How its script is loaded: only app.js, which lies beside it, can name it. @param {() => Promise<More>} loads */
export function packFrom(loads) {
  load = loads
}

/** What is known of the second pack now. */
export function pack() {
  return there
}

/** The second pack; it is asked for again after it could not be had. @returns {Promise<More>} */
export function needPack() {
  coming ||= fetchPack().catch((fault) => {
    coming = null
    throw fault
  })
  return coming
}

/** What the second pack adds in a place of the first, if it is there. @param {string} name */
export function hook(name) {
  return there?.hooks[name]
}

async function fetchPack() {
  const { build } = document.documentElement.dataset
  // The script is fetched before it is imported: browsers try a failed import never again.
  const [text] = await Promise.all([textOf(PAGE, build), textOf(`/static/${build}/js/more.js`)])
  const page = new DOMParser().parseFromString(text, "text/html")
  const styled = wear(page)
  take(page)
  there = await load()
  await styled
  return there
}

/** @param {string} path @param {string} [build] the release that it must be of */
async function textOf(path, build) {
  const response = await fetch(path, { redirect: "error", credentials: "same-origin" })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  if (build && response.headers.get("Fieldapp-Build") !== build) throw new Error(`${path} is not of release ${build}`)
  return response.text()
}

/** Resolves when the style holds, or cannot be had: a plain screen is better than none. @param {Document} page */
function wear(page) {
  const link = /** @type {HTMLLinkElement} */ (page.querySelector("link"))
  const held = new Promise((resolve) => (link.onload = link.onerror = resolve))
  document.head.append(link)
  return held
}

/** @param {Document} page */
function take(page) {
  learn(page)
  document.body.append(...page.querySelectorAll("body > template, body > svg"))
}
