// What time it is: the phone's clock is kept as it is in what is sent, and corrected for people.

const MINUTE_MS = 60_000
const TOWNSHIP_MS = 8 * 60 * MINUTE_MS // China has one zone and no summer time
const MAX_SKEW_MS = 10 * MINUTE_MS
const MAX_TRIP_MS = 20_000 // a slower answer says too little about the clock

/** @typedef {{ minutes: number, phone: string, server: string }} Skew */

let offset_ms = 0

/** What the server's clock said last time, from before this page was opened. @param {number} ms */
export function setOffset(ms) {
  offset_ms = ms
}

/** The present time by the server's clock, in ms. */
export function now() {
  return Date.now() + offset_ms
}

/** Township time in ISO 8601, of a moment in ms. @param {number} ms */
export function stamp(ms) {
  return new Date(ms + TOWNSHIP_MS).toISOString().replace("Z", "+08:00")
}

/** The township's day, "2026-11-23". @param {number} [ms] */
export function today(ms = now()) {
  return stamp(ms).slice(0, 10)
}

/**
 * Server minus phone, in ms, taking the answer's time for the middle of the trip; null if unclear.
 *
 * @param {string} serverTime ISO 8601
 * @param {number} sent_ms @param {number} answered_ms both by the phone's clock
 */
export function offsetOf(serverTime, sent_ms, answered_ms) {
  const server_ms = Date.parse(serverTime)
  const trip_ms = answered_ms - sent_ms
  if (Number.isNaN(server_ms) || trip_ms < 0 || trip_ms > MAX_TRIP_MS) return null
  return Math.round(server_ms - (sent_ms + answered_ms) / 2)
}

/**
 * Both times, when they are so far apart that people must be told; null within ten minutes.
 *
 * @param {number} phone_ms @param {number} [by_ms]
 * @returns {Skew | null}
 */
export function skewAt(phone_ms, by_ms = offset_ms) {
  if (Math.abs(by_ms) <= MAX_SKEW_MS) return null
  const minutes = Math.round(-by_ms / MINUTE_MS)
  return { minutes, phone: stamp(phone_ms), server: stamp(phone_ms + by_ms) }
}
