// The service worker: what it answers, what it keeps, and what it never touches.

import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

import { dropOlder, fromAnyRelease, fromRelease, keepRelease, olderThan } from "../../fieldapp/static/js/sw/caches.js"
import { route } from "../../fieldapp/static/js/sw/routes.js"

const origin = "https://town.example"
const asked = (path, more = {}) =>
  route({ url: origin + path, method: "GET", mode: "cors", ...more }, origin)

test("nothing but a GET is ever answered", () => {
  for (const method of ["POST", "PUT", "DELETE", "HEAD"]) {
    for (const path of ["/sync", "/phone/", "/static/b1/js/app.js"]) {
      assert.deepEqual(asked(path, { method, mode: "navigate" }), { by: "network" })
    }
  }
})

test("opening the phone's page gives the shell of that language, with or without a query", () => {
  assert.deepEqual(asked("/phone/", { mode: "navigate" }), { by: "shell", page: "/phone/" })
  assert.deepEqual(asked("/phone/?from=home", { mode: "navigate" }), { by: "shell", page: "/phone/" })
  assert.deepEqual(asked("/phone/en/", { mode: "navigate" }), { by: "shell", page: "/phone/en/" })
})

test("personal data and the office's pages are not ours", () => {
  for (const path of ["/phone/me", "/sync", "/sync/forms", "/town/", "/join/abc", "/phone/sw.js"]) {
    assert.deepEqual(asked(path, { mode: "navigate" }), { by: "network" })
  }
  assert.deepEqual(asked("/phone/"), { by: "network" }, "a fetch of the page by a script")
})

test("the second pack's pages, fetched by a script, are of the release that the worker keeps", () => {
  assert.deepEqual(asked("/phone/more"), { by: "shell", page: "/phone/more" })
  assert.deepEqual(asked("/phone/en/more"), { by: "shell", page: "/phone/en/more" })
  assert.deepEqual(asked("/phone/moreover"), { by: "network" })
})

test("other hosts are not ours", () => {
  const elsewhere = { url: "https://elsewhere.example/static/b1/js/app.js", method: "GET", mode: "cors" }
  assert.deepEqual(route(elsewhere, origin), { by: "network" })
})

test("files of a release come from the cache", () => {
  assert.deepEqual(asked("/static/b1/js/app.js"), { by: "asset" })
})

test("only caches made before ours are dropped: a newer one may be filling already", () => {
  assert.deepEqual(olderThan(["shell-1", "shell-2", "shell-3", "photos"], "2"), ["shell-1"])
  assert.deepEqual(olderThan(["photos", "shell-1"], "1"), [])
  assert.deepEqual(olderThan(["shell-1"], "unknown"), [])
})

class MemoryCache {
  rows = new Map()
  async put(key, response) {
    this.rows.set(String(key), response)
  }
  async addAll(urls) {
    const answers = await Promise.all(urls.map((url) => fetch(url)))
    if (answers.some(({ ok }) => !ok)) throw new TypeError("not all")
    urls.forEach((url, i) => this.rows.set(url, answers[i]))
  }
  async match(key) {
    return this.rows.get(typeof key === "string" ? key : key.url)
  }
}

let kept
beforeEach(() => {
  kept = new Map()
  globalThis.caches = {
    open: async (name) => kept.get(name) || kept.set(name, new MemoryCache()).get(name),
    delete: async (name) => kept.delete(name),
    keys: async () => [...kept.keys()],
    match: async (key) => {
      for (const cache of kept.values()) if (await cache.match(key)) return cache.match(key)
    },
  }
})

const serve = (build, missing = []) => (globalThis.fetch = async (path) =>
  missing.includes(path)
    ? new Response("", { status: 404 })
    : new Response(`${path} of ${build}`, { headers: { "Fieldapp-Build": build } }))

test("a release is kept whole", async () => {
  serve("b1")

  await keepRelease("b1", ["/phone/", "/phone/en/"], ["/static/b1/js/app.js"])

  assert.deepEqual([...kept.get("shell-b1").rows.keys()].sort(), ["/phone/", "/phone/en/", "/static/b1/js/app.js"])
})

test("a release with a missing file leaves nothing", async () => {
  serve("b1", ["/static/b1/js/app.js"])

  await assert.rejects(keepRelease("b1", ["/phone/"], ["/static/b1/js/app.js"]))

  assert.equal(kept.size, 0)
})

test("a page of another release is not kept with the files of this one", async () => {
  serve("b2")

  await assert.rejects(keepRelease("b1", ["/phone/"], []))

  assert.equal(kept.size, 0)
})

test("a page of the old release still finds its files when a new one is kept too", async () => {
  serve("b1")
  await keepRelease("b1", ["/phone/"], ["/static/b1/js/app.js"])
  serve("b2")
  await keepRelease("b2", ["/phone/"], ["/static/b2/js/app.js"])

  const old = await fromAnyRelease({ url: "/static/b1/js/app.js" })

  assert.equal(await old.text(), "/static/b1/js/app.js of b1")
  const page = await fromRelease({ url: "/phone/" }, "b2", "/phone/")
  assert.equal(await page.text(), "/phone/ of b2")
})

test("when the browser threw the cache away, the network answers", async () => {
  serve("b3")

  const page = await fromRelease("/phone/", "b1", "/phone/")

  assert.equal(await page.text(), "/phone/ of b3")
})

test("taking over drops the older releases and says how many there were", async () => {
  for (const build of ["b1", "b2", "b3"]) {
    serve(build)
    await keepRelease(build, ["/phone/"], [])
  }

  assert.equal(await dropOlder("b2"), 1)
  assert.deepEqual([...kept.keys()], ["shell-b2", "shell-b3"])
  assert.equal(await dropOlder("b2"), 0)
})
