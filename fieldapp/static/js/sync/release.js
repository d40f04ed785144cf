// The page's side of the service worker: asking for it, and hearing of a newer release.

const SCRIPT = "/phone/sw.js"

/** Call when the first screen is there: what it fetches would compete with it. */
export async function registerWorker() {
  if (!("serviceWorker" in navigator)) return false
  try {
    await navigator.serviceWorker.register(SCRIPT, { scope: "/phone/", updateViaCache: "none" })
    return true
  } catch {
    return false // works while this page is open; the readiness page says so
  }
}

/**
 * Calls back when a newer release is on the phone and waits for the user's tap.
 *
 * @param {() => void} callback
 */
export async function onRelease(callback) {
  if (!("serviceWorker" in navigator)) return
  const registration = await navigator.serviceWorker.ready
  const look = () => registration.active && registration.waiting && callback()
  const follow = () => registration.installing?.addEventListener("statechange", look)
  registration.addEventListener("updatefound", follow)
  follow()
  look()
}
