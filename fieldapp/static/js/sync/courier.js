// Brings what was saved to the town and the roster to the phone, one round at a time.

import * as meta from "../store/meta.js"
import { install, news, present, usePhoneAs } from "../store/open.js"
import { counts, forgetOld, pick, retry, setAside } from "../store/outbox.js"
import { load, receive } from "../store/roster.js"
import { now, setOffset, skewAt, stamp } from "./clock.js"
import { exchange } from "./exchange.js"
import { half, idleAfter, MOST, more, phaseAt, waitAfter } from "./pace.js"
import { fetchDuty, keepCount, tellLosses, whoAmI } from "./phone.js"

export { verdict } from "./pace.js"

/** @typedef {import("./pace.js").CourierState} CourierState */

const MOST_CHARS = 256 * 1024
const OTHER_TAB_S = 3
/** A little longer than the undo time of the outbox. */
const UNDO_S = 10.2
const ME_GOOD_FOR_MS = 24 * 60 * 60 * 1000

export class Courier extends EventTarget {
  /** @type {CourierState} */
  state = {
    phase: "idle", counted: false, pending: 0, problem: 0, held: 0, lastSyncAt: null, lastSentAt: null,
    receipt: null, nextTryAt: null, skew: null,
  }
  #failures = 0
  #saves = 0
  /** How many saves the last look into the outbox could have seen. */
  #savesSeen = 0
  #most = MOST
  #build = ""
  /** @type {string | null} */
  #duty = null
  /** @type {Promise<void> | null} */
  #round = null
  #windUpDue = false
  #windingUp = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer

  /** Starts the triggers and the first round. @param {string} [build] the release this page runs */
  async start(build = "") {
    this.#build = build
    addEventListener("online", () => this.#nudge())
    addEventListener("pageshow", (event) => event.persisted && this.#nudge())
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#nudge()
    })
    news.addEventListener("outbox", (event) => this.#saved(/** @type {CustomEvent} */ (event).detail || {}))
    news.addEventListener("elsewhere", () => this.#publish())
    if (present()) await this.#remember()
    await this.#run()
  }

  /** The tap: now, also what could still be undone. Resolves when the round is over. */
  async syncNow() {
    await this.#round
    this.#failures = 0
    await this.#run(Date.now())
  }

  #nudge() {
    this.#failures = 0
    this.#run()
  }

  /** @param {{ kept?: unknown[], undone?: unknown[], counted?: boolean }} detail counted: what it names is all that is more or less */
  async #saved({ kept = [], undone = [], counted = false }) {
    this.#saves += 1
    if (counted && this.state.counted) this.state.pending += kept.length - undone.length
    else await this.#count()
    if (!this.#round) this.#leaveLater()
    this.#tell()
  }

  /** What was just saved leaves when it can no longer be undone; what was saved before it is not kept back by it. */
  #leaveLater() {
    if (this.state.pending && this.state.phase !== "waiting") this.#waitFor(UNDO_S, "waiting")
  }

  async #remember() {
    const { offset = 0, last_sync = null, last_sent = null, receipt = null, build } = await meta.all()
    setOffset(offset)
    if (this.#build && build !== this.#build) {
      await meta.set("build", this.#build)
      await retry() // what the last release could not send, this one perhaps can
    }
    await this.#publish({ lastSyncAt: last_sync, lastSentAt: last_sent, receipt, skew: skewAt(Date.now()) })
  }

  /** @param {number} [asked_at] when somebody tapped "send" */
  #run(asked_at) {
    this.#round ||= this.#alone(asked_at).finally(() => {
      this.#round = null
      if (this.#saves !== this.#savesSeen && this.state.phase === "idle") this.#leaveLater()
      this.#windUp()
    })
    return this.#round
  }

  /** One tab at a time, where the browser can arrange it; the server's ids are the real guarantee. @param {number} [asked_at] */
  async #alone(asked_at) {
    clearTimeout(this.#timer)
    try {
      if (!navigator.locks) return await this.#rounds(asked_at)
      await navigator.locks.request("fieldapp-sync", { ifAvailable: true }, (lock) =>
        lock ? this.#rounds(asked_at) : this.#again(OTHER_TAB_S, this.state.phase),
      )
    } catch (error) {
      this.dispatchEvent(new CustomEvent("trouble", { detail: error })) // the phone's disk
      this.#fail("failed")
    }
  }

  /** @param {number} [asked_at] */
  async #rounds(asked_at) {
    if (!(await this.#knowsWho())) return
    const unnoticed = asked_at === undefined && isWatching() && this.state.lastSyncAt !== null && !this.state.pending
    await this.#publish(unnoticed ? {} : { phase: "sending", nextTryAt: null })
    for (let first = true, unread = true; ; first = false) {
      this.#savesSeen = this.#saves
      const { picked, left, next_at } = await pick({ most: this.#most, most_chars: MOST_CHARS, asked_at })
      if (!first && !picked.length && !unread) return this.#finished(next_at)
      const outcome = await exchange(await this.#envelope(picked, left), present()?.member.key ?? "")
      if (outcome.kind === "answer") unread = await this.#take(outcome, picked)
      else if (!(await this.#halve(outcome, picked))) return this.#refused(outcome)
    }
  }

  /** @param {import("../store/outbox.js").Entry[]} picked @param {number} left */
  async #envelope(picked, left) {
    const { cursor = null, epoch = null } = await meta.all()
    const changes = picked.map(({ id, kind, record, base, form, grid, made_at, fields }) => (
      { id, kind, record, base, form, grid, made_at, fields }
    ))
    const sent_at = stamp(Date.now())
    return { protocol: 1, device: install(), sent_at, cursor, epoch, pending: left, changes }
  }

  /** @param {import("./exchange.js").Outcome} outcome @param {import("../store/outbox.js").Entry[]} picked */
  async #take(outcome, picked) {
    const answer = /** @type {import("./exchange.js").Answer} */ (outcome.answer)
    const at = Date.now()
    this.#duty = outcome.duty ?? null
    await receive(answer, { now: at, offset: outcome.offset ?? null })
    if (typeof outcome.offset === "number") setOffset(outcome.offset)
    const answered = new Set(answer.results.map(({ id }) => id))
    const silent = picked.filter(({ id }) => !answered.has(id))
    if (silent.length) throw new Error(`${silent.length} changes without an answer`)
    if (answer.reset) await meta.set("me_at", 0) // other duties: ask who I am again
    if (picked.length) await this.#sent(picked[picked.length - 1].receipt, at)
    this.#failures = 0
    this.#most = more(this.#most)
    await this.#publish({ skew: skewAt(at) })
    return answer.more
  }

  /** @param {string} receipt @param {number} at */
  async #sent(receipt, at) {
    Object.assign(this.state, { receipt, lastSentAt: at })
    await meta.set("receipt", receipt)
    await meta.set("last_sent", at)
  }

  /** Whether the round goes on with less: a batch that cannot be read hides one change that cannot. @param {import("./exchange.js").Outcome} outcome @param {import("../store/outbox.js").Entry[]} picked */
  async #halve({ kind }, picked) {
    if ((kind !== "too_large" && kind !== "unreadable") || !picked.length) return false
    this.#most = half(picked.length)
    if (this.#most) return true
    await setAside(picked[0].id, kind)
    this.#most = MOST
    return true
  }

  /** @param {import("./exchange.js").Outcome} outcome */
  async #refused({ kind, retry_s }) {
    if (kind === "other_member") return this.#otherMember()
    this.#fail(phaseAt(kind), retry_s)
  }

  /** @param {number | null} next_at when something leaves its undo time */
  async #finished(next_at) {
    const at = Date.now()
    await forgetOld(now())
    await this.#publish({ lastSyncAt: at })
    if (next_at) await this.#again(Math.max(0.2, (next_at - at) / 1000 + 0.1), "waiting")
    else await this.#again(idleAfter({ watching: isWatching() }), "idle")
    this.#windUpDue = true
  }

  /**
   * What follows a complete round, and may wait for the one after it. Not a part of the round: a
   * town that is slow to answer here would keep the next alert, or a tap on "send", waiting.
   */
  async #windUp() {
    if (this.#windingUp) return
    this.#windingUp = true
    while (this.#windUpDue) {
      this.#windUpDue = false
      await tellLosses().catch(() => {})
      if (this.#duty) await fetchDuty(this.#duty).catch(() => {})
      await this.#refreshMe().catch(() => {})
    }
    this.#windingUp = false
  }

  /** Only the first start needs to ask; later the phone knows without a network. */
  async #knowsWho() {
    if (present()) return true
    await this.#publish({ phase: "sending" })
    const { kind, me } = await whoAmI()
    if (!me) {
      this.#fail(phaseAt(kind))
      return false
    }
    await usePhoneAs(me)
    await load()
    await this.#remember()
    this.dispatchEvent(new CustomEvent("member", { detail: me }))
    return true
  }

  async #refreshMe() {
    if (Date.now() - ((await meta.get("me_at")) || 0) < ME_GOOD_FOR_MS) return
    const { me } = await whoAmI()
    if (!me) return
    if (me.member.key !== present()?.member.key) return this.#waitFor(OTHER_TAB_S, this.state.phase) // that round is refused, and makes room
    await usePhoneAs(me)
    await meta.set("me_at", Date.now())
  }

  async #otherMember() {
    const { me, kind } = await whoAmI()
    if (me) await this.#become(me)
    else this.#fail(phaseAt(kind))
  }

  /** Somebody else signed in: the page must be opened anew, so that nothing of the other stays in memory. @param {import("../store/open.js").Me} me */
  async #become(me) {
    await usePhoneAs(me)
    this.dispatchEvent(new CustomEvent("member", { detail: me }))
  }

  /** @param {CourierState["phase"]} phase @param {number} [retry_s] */
  #fail(phase, retry_s) {
    this.#failures += 1
    const seen = document.visibilityState === "visible"
    this.#again(waitAfter(this.#failures, { seen, retry_s }), phase)
  }

  /** @param {number} seconds @param {CourierState["phase"]} phase */
  #again(seconds, phase) {
    this.#waitFor(seconds, phase)
    return this.#publish()
  }

  /** @param {number} seconds @param {CourierState["phase"]} phase */
  #waitFor(seconds, phase) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#run(), seconds * 1000)
    Object.assign(this.state, { phase, nextTryAt: Date.now() + seconds * 1000 })
  }

  /** Counts anew, so that nothing saved meanwhile is left out, and tells the screens. @param {Partial<CourierState>} [facts] */
  async #publish(facts = {}) {
    Object.assign(this.state, facts)
    await this.#count()
    this.#tell()
  }

  /** Once more, if something was saved while it counted. */
  async #count() {
    for (let saves = -1; saves !== this.#saves && present(); ) {
      saves = this.#saves
      const found = await counts().catch(() => null)
      if (!found) break
      const { waiting, problem, held } = found
      if (saves === this.#saves) Object.assign(this.state, { pending: waiting, problem, held })
    }
    this.state.counted = true
  }

  #tell() {
    if (present()) keepCount(this.state.pending + this.state.problem)
    this.dispatchEvent(new CustomEvent("state", { detail: { ...this.state } }))
  }
}

/** Somebody to whom an alert goes is looking at the phone. */
function isWatching() {
  const goes_to = ["doctor", "head", "chief_head"]
  return document.visibilityState === "visible" && (present()?.member.duties || []).some(({ role }) => goes_to.includes(role))
}

export const courier = new Courier()
