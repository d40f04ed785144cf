// The size of the words that the reader chose.

import * as meta from "../store/meta.js"

/** Puts it on the page. */
export async function takeSize() {
  const size = (await meta.get("screen.size")) || ""
  const { dataset } = document.documentElement
  if (size !== (dataset.size || "")) dataset.size = size // a change makes the browser look at everything again
}
