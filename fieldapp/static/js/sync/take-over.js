// The change to a release that waits on the phone: a part of the second pack, since it takes a tap in the settings.

/** The user's tap: the waiting release takes over, and this page is opened anew with it. */
export async function takeRelease() {
  const registration = await navigator.serviceWorker.ready
  if (!registration.waiting) return
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true })
  if (!navigator.serviceWorker.controller) registration.waiting.addEventListener("statechange", reloadWhenActive)
  registration.waiting.postMessage("take-over")
}

/** A page that was loaded past the worker sees no change of controller. @param {Event} event */
function reloadWhenActive({ target }) {
  if (/** @type {ServiceWorker} */ (target).state === "activated") location.reload()
}
