// The size of the words that the reader chose.

import * as meta from "../store/meta.js"

/** Puts it on the page. */
export async function takeSize() {
  document.documentElement.dataset.size = (await meta.get("screen.size")) || ""
}
