// How names sound: the table that tools/pinyin.py wrote, asked by character.

/** @typedef {(character: string) => string[]} Sounds  the syllables of a character, without tones; itself where it is in no table */

/**
 * @param {string} table  a line a syllable: "wang王往网…"
 * @returns {Sounds}
 */
export function soundsOf(table) {
  /** @type {Map<string, string[]>} */
  const known = new Map()
  for (const line of table.split("\n")) {
    const [, syllable = "", characters = ""] = /^([a-z]+)(.*)$/.exec(line) || []
    for (const character of characters) known.set(character, [...(known.get(character) || []), syllable])
  }
  return (character) => known.get(character) || [character]
}

/**
 * Whether two names of as many characters sound alike, character by character.
 *
 * @param {string} one @param {string} other @param {Sounds} sounds
 * @returns {"" | "same" | "near"} near: alike to people who say "zhang" as "zang" and "lin" as "ling"
 */
export function alike(one, other, sounds) {
  const [left, right] = [[...one], [...other]]
  if (!left.length || left.length !== right.length) return ""
  /** @param {(syllable: string) => string} as */
  const match = (as) => left.every((character, at) => {
    const heard = sounds(right[at]).map(as)
    return sounds(character).some((syllable) => heard.includes(as(syllable)))
  })
  if (match((syllable) => syllable)) return "same"
  return match(loosely) ? "near" : ""
}

/** As it is heard where z and zh, s and sh, n and ng are one. @param {string} syllable */
function loosely(syllable) {
  return syllable.replace(/^([zcs])h/, "$1").replace(/([aei]n)g$/, "$1")
}
