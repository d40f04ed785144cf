// The second pack: the screens by the names of their routes, and what they add to the first pack's.

import * as returnee from "./screens/returnee.js"

/** @type {import("./screens/pack.js").More["screens"]} */
export const screens = {
  returnee: returnee.draw,
  plan: returnee.plan,
}

/** @type {import("./screens/pack.js").More["hooks"]} */
export const hooks = {}
