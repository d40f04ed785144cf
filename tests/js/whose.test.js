import assert from "node:assert/strict"
import test from "node:test"

import { isAnothers, whoseCookie } from "../../fieldapp/static/js/store/whose.js"

test("a phone is another's only when the town said so", () => {
  assert.equal(isAnothers("whose=12", "12"), false)
  assert.equal(isAnothers("kept=x:3; whose=13", "12"), true)
  assert.equal(isAnothers("whose=123", "12"), true)
  assert.equal(isAnothers("", "12"), false)
  assert.equal(isAnothers("notwhose=13", "12"), false)
  assert.equal(isAnothers("whose=; kept=x:3", "12"), false)
})

test("what the page writes is what it reads", () => {
  const [said] = whoseCookie("12").split(";")
  assert.equal(isAnothers(said, "12"), false)
  assert.equal(isAnothers(said, "13"), true)
})
