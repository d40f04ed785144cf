// When to try again, how much to send at once, and what may be said about it. Pure.

/**
 * @typedef {object} CourierState
 * @property {"idle" | "sending" | "waiting" | "offline" | "login" | "revoked" | "busy" | "portal" | "failed"} phase
 *   waiting: what is left is still in its undo time
 * @property {boolean} counted whether the numbers below are known yet
 * @property {number} pending saved up to this moment and not surely at the town
 * @property {number} problem
 * @property {number} held
 * @property {number | null} lastSyncAt ms, the last complete round
 * @property {number | null} lastSentAt ms, the last acknowledgement
 * @property {string | null} receipt of the newest acknowledged change
 * @property {number | null} nextTryAt ms
 * @property {import("./clock.js").Skew | null} skew
 */

const FIRST_S = 5
const LONGEST_S = 300
/** Somebody who looks at the phone sees the network come back within a minute. */
const LONGEST_SEEN_S = 30
/** Twice this and a slow answer are within the ten seconds in which an alert must be seen. */
const WATCH_S = 4
export const MOST = 50

/**
 * Seconds until the next attempt: doubling, and spread so that phones do not come all at once.
 *
 * @param {number} failures in a row, 1 or more
 * @param {{ seen: boolean, retry_s?: number, random?: number }} options
 *   seen: the page is visible. retry_s: the server asked for it. random: from 0 up to 1
 */
export function waitAfter(failures, { seen, retry_s = 0, random = Math.random() }) {
  const wait_s = Math.min(seen ? LONGEST_SEEN_S : LONGEST_S, FIRST_S * 2 ** (failures - 1))
  return Math.max(wait_s * (0.75 + 0.5 * random), Math.min(retry_s, LONGEST_S))
}

/**
 * Seconds until asking for news again when all is well.
 *
 * @param {{ watching?: boolean, random?: number }} [options] watching: somebody to whom an alert goes looks at the phone
 */
export function idleAfter({ watching = false, random = Math.random() } = {}) {
  return watching ? WATCH_S - random : LONGEST_S * (0.75 + 0.5 * random)
}

/** After a batch went through: carefully more. @param {number} most */
export function more(most) {
  return Math.min(MOST, most * 2)
}

/** After a batch was refused: half of it; 0 when a single change is to blame. @param {number} picked */
export function half(picked) {
  return picked > 1 ? Math.ceil(picked / 2) : 0
}

/** How it looks to people when a round ended like this. @param {import("./exchange.js").Outcome["kind"]} kind @returns {CourierState["phase"]} */
export function phaseAt(kind) {
  const seen = /** @type {const} */ (["offline", "login", "revoked", "busy", "portal"])
  return seen.find((phase) => phase === kind) || "failed"
}

/**
 * What may be said. "all_sent" only when a round was completed, nothing runs, and everything saved
 * up to now is acknowledged.
 *
 * @param {CourierState} state
 * @returns {"all_sent" | "sending" | "unsent" | "problem" | "never"}
 */
export function verdict({ phase, pending, problem, lastSyncAt }) {
  if (problem > 0) return "problem"
  if (phase === "sending") return "sending"
  if (pending > 0) return "unsent"
  return lastSyncAt === null ? "never" : "all_sent"
}
