// One cache a release, filled completely or not at all.

const PREFIX = "shell-"

/**
 * Fetches a whole release. Rejects, and leaves nothing, when a file is missing or the server has
 * changed to another release meanwhile; the browser tries again at the next visit.
 *
 * @param {string} build @param {string[]} shells @param {string[]} assets
 */
export async function keepRelease(build, shells, assets) {
  const cache = await caches.open(PREFIX + build)
  try {
    const pages = await Promise.all(shells.map((page) => shellOf(build, page)))
    await cache.addAll(assets)
    await Promise.all(pages.map((page, i) => cache.put(shells[i], page)))
  } catch (error) {
    await caches.delete(PREFIX + build)
    throw error
  }
}

/**
 * The caches that were made before ours. Newer ones may be filling already: the names come back
 * in the order in which they were made.
 *
 * @param {string[]} names @param {string} build
 */
export function olderThan(names, build) {
  const ours = names.filter((name) => name.startsWith(PREFIX))
  return ours.slice(0, Math.max(0, ours.indexOf(PREFIX + build)))
}

/** How many there were. @param {string} build */
export async function dropOlder(build) {
  const older = olderThan(await caches.keys(), build)
  await Promise.all(older.map((name) => caches.delete(name)))
  return older.length
}

/** The page of this release; the network only if the browser threw ours away. @param {Request} request @param {string} build @param {string} page */
export async function fromRelease(request, build, page) {
  const cache = await caches.open(PREFIX + build)
  return (await cache.match(page, { ignoreVary: true })) || fetch(request)
}

/** Whichever release's page asks: its files are looked up in all caches. @param {Request} request */
export async function fromAnyRelease(request) {
  return (await caches.match(request, { ignoreVary: true })) || fetch(request)
}

/** @param {string} build @param {string} page */
async function shellOf(build, page) {
  const response = await fetch(page, { cache: "no-cache", credentials: "same-origin" })
  if (!response.ok || response.redirected || response.headers.get("Fieldapp-Build") !== build) {
    throw new Error(`${page} is not of release ${build}`)
  }
  return response
}
