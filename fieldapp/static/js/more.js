// The second pack: the screens by the names of their routes, and what they add to the first pack's.

import { draw as amend } from "./files/amend.js"
import { newHousehold, newPerson } from "./files/entry.js"
import * as file from "./files/file.js"
import { draw as merge } from "./files/merge.js"
import { draw as move } from "./files/move.js"
import * as correct from "./screens/correct.js"
import * as record from "./screens/record.js"
import "./elements/number-pad.js"
import { illustrate } from "./elements/pictures.js"
import "./elements/read-aloud.js"
import { draw as alert } from "./screens/alert.js"
import { draw as isolation } from "./screens/case.js"
import { todayItems } from "./screens/due.js"
import * as release from "./screens/release.js"
import * as returnee from "./screens/returnee.js"
import * as settings from "./screens/settings.js"
import * as round from "./screens/round.js"
import * as watch from "./screens/watch.js"

/** @type {import("./screens/pack.js").More["screens"]} */
export const screens = {
  record: record.draw,
  correct: correct.draw,
  returnee: returnee.draw,
  settings: settings.draw,
  plan: returnee.plan,
  round: round.draw,
  check: round.check,
  alert,
  case: isolation,
  cases: watch.draw,
  missed: watch.missed,
  release: release.draw,
  notice: release.notice,
  file: file.household,
  person: file.person,
  "new-household": newHousehold,
  "new-person": newPerson,
  amend,
  move,
  merge,
}

/** @type {import("./screens/pack.js").More["hooks"]} */
export const hooks = { todayItems }

const main = document.getElementById("main")
if (main) illustrate(main)
document.querySelector("#sync")?.before(document.createElement("read-aloud"))
