// The service worker's wiring: events in, decisions from routes.js, answers from caches.js.
//
// It keeps the shell and nothing personal, answers no POST, and takes over only when the user says
// so. Only the very first worker claims the page that asked for it: a page that is nobody's would
// let the next release take over unasked.

import { dropOlder, fromAnyRelease, fromRelease, keepRelease } from "./caches.js"
import { route, SECOND, SHELLS } from "./routes.js"

/** @type {ServiceWorkerGlobalScope} */
const worker = /** @type {any} */ (self)

/** @param {{ build: string, assets: string[] }} release */
export function start({ build, assets }) {
  worker.addEventListener("install", (event) => {
    event.waitUntil(keepRelease(build, [...SHELLS, ...SECOND], assets))
  })

  worker.addEventListener("activate", (event) => {
    event.waitUntil(takeOver(build))
  })

  worker.addEventListener("fetch", (event) => {
    const answer = route(event.request, worker.location.origin)
    if (answer.by === "shell") event.respondWith(fromRelease(event.request, build, answer.page))
    if (answer.by === "asset") event.respondWith(fromAnyRelease(event.request))
  })

  worker.addEventListener("message", (event) => {
    if (event.data === "take-over") worker.skipWaiting()
  })
}

/** @param {string} build */
async function takeOver(build) {
  const dropped = await dropOlder(build)
  if (dropped === 0) await worker.clients.claim()
}
