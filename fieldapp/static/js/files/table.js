// The table of sounds, fetched once when somebody first enters a name.

import { soundsOf } from "./sounds.js"

/** @typedef {import("./sounds.js").Sounds} Sounds */

/** @type {Promise<Sounds> | null} */
let coming = null

/** Without the table a character sounds like itself, so that only the same characters are found. @returns {Promise<Sounds>} */
export function sounds() {
  coming ||= load().catch(() => {
    coming = null
    return soundsOf("")
  })
  return coming
}

async function load() {
  const response = await fetch(`/static/${document.documentElement.dataset.build}/vendor/pinyin.txt`)
  if (!response.ok) throw new Error(`pinyin.txt: ${response.status}`)
  return soundsOf(await response.text())
}
