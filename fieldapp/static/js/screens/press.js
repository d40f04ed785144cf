// Whether a finger rests on the screen: nothing may be drawn anew beneath it, or its tap hits another door, or none.

/**
 * For how long it is taken to rest there after each of these: a browser may tell the click a while after the finger is
 * gone, and whoever leaves a hand on the phone does not keep it from showing what came in.
 */
const RESTS_MS = { pointerdown: 10_000, pointerup: 100, pointercancel: 0, click: 0 }

let resting = false
/** @type {(() => void)[]} */
const waiting = []
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer

export function followFingers() {
  for (const [name, ms] of Object.entries(RESTS_MS)) {
    addEventListener(name, () => {
      resting = ms > 0
      clearTimeout(timer)
      timer = setTimeout(leave, ms)
    })
  }
}

function leave() {
  resting = false
  for (const go of waiting.splice(0)) go()
}

/** Where a finger rests: resolves when it is lifted and its tap has been heard. @returns {Promise<void> | null} */
export function lifted() {
  return resting ? new Promise((resolve) => waiting.push(resolve)) : null
}
