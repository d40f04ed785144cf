// One question to the server and what its answer means. Only our own JSON counts as an answer.

import { offsetOf } from "./clock.js"

/**
 * @typedef {import("../store/roster.js").Answer} Answer
 * @typedef {object} Outcome
 * @property {"answer" | "offline" | "login" | "revoked" | "other_member" | "busy" | "too_large" | "unreadable" | "portal" | "failed"} kind
 *   portal: somebody else's page came back. failed: our server, but no answer that we can use.
 * @property {Answer} [answer]
 * @property {number | null} [offset] of the server's clock, in ms
 * @property {string | null} [duty] what the town calls the present rules and people on duty
 * @property {number} [retry_s] when the server asked us to come back
 */

const LIMIT_MS = 20_000
const WORTH_PACKING = 1024
const DAMAGED = ["digest_mismatch", "bad_gzip", "unknown_encoding"]

/** Something on the way spoils packed bodies: from then on they go as they are. */
let plainly = false

/**
 * @param {object} envelope as the contract says
 * @param {string} member whose changes these are: the server refuses if the cookie is another's
 * @returns {Promise<Outcome>}
 */
export async function exchange(envelope, member) {
  const sent_ms = Date.now()
  const { body, headers } = await packed(JSON.stringify(envelope))
  let response, said
  try {
    ;({ response, said } = await call("/sync", {
      method: "POST",
      body,
      headers: { ...headers, "Content-Type": "application/json", "Fieldapp-Member": member },
    }))
  } catch {
    return { kind: "offline" } // no network, a redirect, or silence for 20 seconds
  }
  const kind = kindOf(response.status, said)
  if (DAMAGED.includes(said?.error)) plainly = true
  if (kind === "answer") {
    const offset = offsetOf(said.server_time, sent_ms, Date.now())
    return { kind, answer: said, offset, duty: response.headers.get("Fieldapp-Duty") }
  }
  return { kind, retry_s: retryAfter(response.headers.get("Retry-After")) }
}

/**
 * A same-origin request that is never answered from a cache or by a redirect to a login page.
 *
 * @param {string} url @param {RequestInit} [options]
 * @returns {Promise<{ response: Response, said: any }>} said: the JSON, or null if it is none
 */
export async function call(url, options) {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), LIMIT_MS)
  try {
    const response = await fetch(url, {
      redirect: "error", credentials: "same-origin", cache: "no-store", signal: stop.signal, ...options,
    })
    const text = await response.text()
    return { response, said: asJson(response.headers.get("Content-Type"), text) }
  } finally {
    clearTimeout(timer)
  }
}

/** @param {number} status @param {any} said @returns {Outcome["kind"]} */
export function kindOf(status, said) {
  if (status === 429 || status === 503) return "busy"
  if (status === 413) return "too_large" // also when a proxy before us says so
  if (!said) return status >= 500 ? "failed" : "portal"
  if (status === 200) return isAnswer(said) ? "answer" : "portal"
  if (status === 401) return REFUSED[said.error] || "login"
  return status === 400 && said.error === "unreadable" ? "unreadable" : "failed"
}

/** @type {Record<string, Outcome["kind"]>} */
const REFUSED = { device_revoked: "revoked", other_member: "other_member" }

/** @param {any} said */
export function isAnswer(said) {
  return (
    said.protocol === 1 &&
    [said.epoch, said.cursor, said.server_time].every((value) => typeof value === "string") &&
    Array.isArray(said.results) &&
    Array.isArray(said.records)
  )
}

/** @param {string | null} header seconds or a date @param {number} [now] */
export function retryAfter(header, now = Date.now()) {
  if (!header) return undefined
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds))
}

/**
 * The bytes on the wire and what is said about them; the digest is over the bytes as sent.
 *
 * @param {string} text
 */
export async function packed(text) {
  const plain = new TextEncoder().encode(text)
  const pack = !plainly && plain.length > WORTH_PACKING && "CompressionStream" in globalThis
  const body = pack ? await gzipped(plain) : plain
  /** @type {Record<string, string>} */
  const headers = pack ? { "Content-Encoding": "gzip" } : {}
  if (globalThis.crypto?.subtle) headers["Content-Digest"] = `sha-256=:${await digest(body)}:`
  return { body, headers }
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function gzipped(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
  return btoa(String.fromCharCode(...hash))
}

/** @param {string | null} type @param {string} text */
function asJson(type, text) {
  if (!type?.includes("application/json")) return null
  try {
    const said = JSON.parse(text)
    return said && typeof said === "object" ? said : null
  } catch {
    return null
  }
}
