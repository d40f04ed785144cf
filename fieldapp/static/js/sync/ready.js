// What this phone can do without a network, found out by trying.

import { all as allMeta } from "../store/meta.js"
import { ask, Database } from "../store/database.js"
import { present } from "../store/open.js"
import { size } from "../store/roster.js"

export { askToPersist } from "./phone.js"

/**
 * @typedef {object} Facts
 * @property {boolean} secure
 * @property {boolean} canSave a record was written and read back just now
 * @property {boolean} workerActive
 * @property {boolean} shellCached
 * @property {string | null} rosterDate ISO 8601, of the last complete roster
 * @property {number} households
 * @property {number} people
 * @property {boolean | null} persisted null: the browser does not say
 * @property {number | null} usage bytes
 * @property {number | null} quota bytes
 * @property {boolean} nearlyFull
 * @property {number | null} lastSync ms
 * @property {"wechat" | "wecom" | "dingtalk" | null} inApp
 */

const NEARLY_FULL = 0.8

/** @param {string} [build] the release that must be in the cache @returns {Promise<Facts>} */
export async function facts(build) {
  /** @type {Record<string, any>} */
  const meta = present() ? await allMeta().catch(() => ({})) : {}
  /** @type {{ usage?: number | null, quota?: number | null }} */
  const { usage = null, quota = null } = (await navigator.storage?.estimate?.().catch(() => null)) || {}
  return {
    secure: isSecureContext,
    canSave: await selfTest(),
    workerActive: await hasWorker(),
    shellCached: await hasShell(build),
    rosterDate: meta.roster_at || null,
    ...size(),
    persisted: (await navigator.storage?.persisted?.().catch(() => null)) ?? null,
    usage,
    quota,
    nearlyFull: isNearlyFull(usage, quota),
    lastSync: meta.last_sync || null,
    inApp: inAppBrowser(navigator.userAgent),
  }
}

/** @param {Pick<Facts, "canSave" | "workerActive" | "shellCached" | "rosterDate">} facts */
export function verdictOf({ canSave, workerActive, shellCached, rosterDate }) {
  if (!canSave) return "cannot_save"
  return workerActive && shellCached && rosterDate ? "offline_start" : "this_page_only"
}

/** Writes, reads, opens again, reads: only then may anybody type a record here. */
export async function selfTest() {
  const probe = () => new Database("fieldapp-probe", 1, (db) => db.createObjectStore("probe"))
  const written = String(Math.random())
  try {
    const first = probe()
    await first.tx(["probe"], "readwrite", (stores) => void stores.probe.put(written, "it"), "strict")
    const read = await first.tx(["probe"], "readonly", (stores) => ask(stores.probe.get("it")))
    first.close()
    const second = probe()
    const again = await second.tx(["probe"], "readonly", (stores) => ask(stores.probe.get("it")))
    second.close()
    return read === written && again === written
  } catch {
    return false
  }
}

/** Browsers inside other apps, which may forget everything when that app is closed. @param {string} agent */
export function inAppBrowser(agent) {
  if (/wxwork\//i.test(agent)) return "wecom"
  if (/MicroMessenger\//i.test(agent)) return "wechat"
  if (/DingTalk\//i.test(agent)) return "dingtalk"
  return null
}

/** @param {number | null} usage @param {number | null} quota */
export function isNearlyFull(usage, quota) {
  return usage !== null && quota !== null && usage >= quota * NEARLY_FULL
}

async function hasWorker() {
  if (!("serviceWorker" in navigator)) return false
  const registration = await navigator.serviceWorker.getRegistration("/phone/").catch(() => undefined)
  return Boolean(registration?.active)
}

/** @param {string} [build] */
async function hasShell(build) {
  if (!("caches" in globalThis)) return false
  try {
    const there = build ? await caches.open(`shell-${build}`) : caches
    const both = await Promise.all(["/phone/", "/phone/more"].map((page) => there.match(page)))
    return both.every(Boolean)
  } catch {
    return false
  }
}
