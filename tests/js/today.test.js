// What a member has to do today, offline, at every edge of the day.

import assert from "node:assert/strict"
import { test } from "node:test"

import { now, setOffset } from "../../fieldapp/static/js/sync/clock.js"
import { todayOf } from "../../fieldapp/static/js/round/today.js"

const RULE = {
  kind: "home_isolation", valid_from: "2020-01-25", valid_to: null, days: 14,
  slots: [{ slot: "morning", from: "06:00", to: "12:00" }, { slot: "evening", from: "15:00", to: "21:00" }],
  missed_after_min: 60, head_after_min: 120, alert: "37.3", high: "38.5", low: "35.5", recheck_min: 5, symptoms: ["none"],
}
const LEADER = [{ role: "leader", grid: "g1" }]
const DOCTOR = [{ role: "doctor", grid: "v1" }]
const NO_VISIT = { todo: false, at: 0 }

const at = (moment) => Date.parse(`${moment}+08:00`)
const row = (kind, record, fields, own = null) => ({ kind, record, version: 1, grid: "g1", fields, own })
const isolation = (record, more = {}) => row("isolation_case", record, {
  kind: "home_isolation", state: "isolating", count_from: "2026-11-20", days: 14, hh: "h1", registered_on: "2026-11-20", ...more,
})
const check = (of, date, slot, more = {}, own = null) => row("health_check", `${of} ${date} ${slot}`, {
  case: of, date, slot, temp_status: "measured", temp: "36.5", symptoms: ["none"], ...more,
}, own)
const door = (id, cases = [], { visits = [], there = NO_VISIT, fields = {} } = {}) => ({
  household: { id, grid: "g1", version: 1, fields, people: [], visits, returnees: [], cases, own: null, find: "" }, there,
})

function listed(doors, moment, { made = [], rules = [RULE], duties = LEADER } = {}) {
  const checks = new Map()
  for (const one of made) checks.set(one.fields.case, [...(checks.get(one.fields.case) || []), one])
  return todayOf({ doors, checks, rules, duties, registered: ({ fields }) => fields.registered_on, now: at(moment) })
}
const said = (items) => items.map(({ type, household, slot, state, why, done }) =>
  [type, household.id, slot, state, why, done && "done"].filter(Boolean).join(" "))

test("the morning's check is due from six to twelve, late until one, and can be made up until three", () => {
  const doors = [door("h1", [isolation("c1")])]
  const states = ["05:59:59", "06:00:00", "11:59:59", "12:00:00", "12:59:59", "13:00:00", "14:59:59", "15:00:00"]
    .map((time) => said(listed(doors, `2026-11-21T${time}`)))

  assert.deepEqual(states, [
    [], ["check h1 morning open"], ["check h1 morning open"], ["check h1 morning late"], ["check h1 morning late"],
    ["check h1 morning missed"], ["check h1 morning missed"], ["check h1 evening open"],
  ])
})

test("on each of three days without a network the list asks for that day's checks", () => {
  const doors = [door("h1", [isolation("c1")])]
  const made = [check("c1", "2026-11-21", "morning", {}, "waiting"), check("c1", "2026-11-22", "morning", {}, "waiting")]

  const [first, second, third] = ["21", "22", "23"].map((day) => listed(doors, `2026-11-${day}T08:00:00`, { made }))
  assert.deepEqual(said(first), ["check h1 morning done done"])
  assert.deepEqual(said(second), ["check h1 morning done done"])
  assert.deepEqual(said(third), ["check h1 morning open"])
  assert.ok(first[0].unsent)
  assert.ok(!third[0].unsent)
})

test("what the township has is done and sent; a voided check is not done", () => {
  const doors = [door("h1", [isolation("c1")])]
  const sent = listed(doors, "2026-11-21T08:00:00", { made: [check("c1", "2026-11-21", "morning")] })
  const voided = listed(doors, "2026-11-21T08:00:00", { made: [check("c1", "2026-11-21", "morning", { voided: true })] })

  assert.deepEqual(sent.map(({ done, unsent }) => [done, unsent]), [[true, false]])
  assert.deepEqual(said(voided), ["check h1 morning open"])
})

test("nothing is due on day 0, the last checks are on day 14, none on day 15", () => {
  const doors = [door("h1", [isolation("c1", { registered_on: "2026-11-19" })])]

  assert.deepEqual(said(listed(doors, "2026-11-20T08:00:00")), [])
  assert.deepEqual(said(listed(doors, "2026-12-04T20:59:59")), ["check h1 evening open"])
  assert.deepEqual(said(listed(doors, "2026-12-05T08:00:00")), [])
})

test("a case registered late is first asked for on the day after", () => {
  const doors = [door("h1", [isolation("c1", { registered_on: "2026-11-25" })])]

  assert.deepEqual(said(listed(doors, "2026-11-25T08:00:00")), [])
  assert.deepEqual(said(listed(doors, "2026-11-26T08:00:00")), ["check h1 morning open"])
})

test("a rule that changes while a case runs moves the windows from its first day on", () => {
  const doors = [door("h1", [isolation("c1")])]
  const once = { ...RULE, valid_from: "2026-11-23", slots: [{ slot: "morning", from: "07:30", to: "10:00" }] }
  const rules = [{ ...RULE, valid_to: "2026-11-22" }, once]

  assert.deepEqual(said(listed(doors, "2026-11-22T06:30:00", { rules })), ["check h1 morning open"])
  assert.deepEqual(said(listed(doors, "2026-11-23T06:30:00", { rules })), [])
  assert.deepEqual(said(listed(doors, "2026-11-23T10:00:00", { rules })), ["check h1 morning late"])
  assert.deepEqual(said(listed(doors, "2026-11-23T16:00:00", { rules })), ["check h1 morning missed"])
})

test("by the corrected clock the day is right on a phone whose own clock is a day off", () => {
  const doors = [door("h1", [isolation("c1")])]
  const made = [check("c1", "2026-11-23", "morning", {}, "waiting")]
  const town = at("2026-11-23T08:00:00")
  setOffset(town - Date.now())

  const items = todayOf({ doors, checks: new Map([["c1", made]]), rules: [RULE], duties: LEADER, registered: () => "2026-11-20", now: now() })
  setOffset(0)

  assert.deepEqual(said(items), ["check h1 morning done done"])
})

test("released, withdrawn and mistaken cases ask for nothing", () => {
  const over = ["released", "to_hospital", "moved_away", "mistaken"].map((state) => isolation(state, { state }))
  const doors = [door("h1", [...over, isolation("v", { voided: true })])]

  assert.deepEqual(said(listed(doors, "2026-11-21T08:00:00")), [])
})

test("the list goes along the way, and at one door begins with what is urgent", () => {
  const alarm = check("c2", "2026-11-21", "morning", { temp: "37.3" })
  const visited = row("visit", "v", { result: "normal", occurred_at: "2026-11-21T07:00:00+08:00" }, "waiting")
  const doors = [
    door("h1", [isolation("c1")], { there: { todo: true, at: 0 } }),
    door("h2", [isolation("c2"), isolation("c3", { state: "waiting" })]),
    door("h3", [], { visits: [visited] }),
  ]

  assert.deepEqual(said(listed(doors, "2026-11-21T08:00:00", { made: [alarm] })), [
    "check h1 morning open", "visit h1", "alert h2", "arrival h2", "check h2 morning done done", "visit h3 done",
  ])
})

test("an alert is the member's until somebody was told, and the doctor's until its outcome", () => {
  const doors = [door("h1", [isolation("c1")])]
  const alarm = (more) => [check("c1", "2026-11-20", "evening", { temp: "38.6", ...more })]
  const mine = (duties, more) => listed(doors, "2026-11-21T05:00:00", { made: alarm(more), duties }).map(({ type, mine }) => [type, mine])

  assert.deepEqual(mine(LEADER, {}), [["alert", true]])
  assert.deepEqual(mine(LEADER, { action: "told_doctor" }), [["alert", false]])
  assert.deepEqual(mine(DOCTOR, { action: "told_doctor" }), [["alert", true]])
  assert.deepEqual(mine(DOCTOR, { action: "told_doctor", outcome: "watched_at_home" }), [])
})

test("a doctor is not sent from door to door, and is offered a release only when the time is over", () => {
  const doors = [door("h1", [isolation("c1")])]

  assert.deepEqual(said(listed(doors, "2026-11-21T08:00:00", { duties: DOCTOR })), [])
  assert.deepEqual(said(listed(doors, "2026-12-04T23:59:59", { duties: DOCTOR })), [])
  assert.deepEqual(said(listed(doors, "2026-12-05T00:00:00", { duties: DOCTOR })), ["release h1"])
  assert.deepEqual(said(listed(doors, "2026-12-05T00:00:00", { duties: LEADER })), [])
})

test("people ask to be looked after again: a date that was set, somebody unwell, a care review", () => {
  const seen = (fields) => ({ visits: [row("visit", "v", { occurred_at: "2026-11-20T10:00:00+08:00", ...fields })] })
  const doors = [
    door("h1", [], seen({ result: "normal", next_visit: "2026-11-21" })),
    door("h2", [], seen({ result: "normal", next_visit: "2026-11-22" })),
    door("h3", [], seen({ result: "unwell" })),
    door("h4", [], { fields: { care_tags: ["alone"], tag_until: "2026-11-21" } }),
  ]

  assert.deepEqual(said(listed(doors, "2026-11-21T08:00:00")), ["follow h1 visit", "follow h3 unwell", "follow h4 care"])
})
