// Asks the phone's question about each of `newcomers` among `people` (both on stdin): how often it asks.

import { readFileSync } from "node:fs"

import { likely, samePerson } from "../../fieldapp/static/js/files/likeness.js"
import { soundsOf } from "../../fieldapp/static/js/files/sounds.js"

const { people, newcomers, year } = JSON.parse(readFileSync(0, "utf8"))
const sounds = soundsOf(readFileSync(new URL("../../fieldapp/static/vendor/pinyin.txt", import.meta.url), "utf8"))
const like = (one, other) => samePerson(one, other, { sounds, year })
const files = people.map((fields) => ({ fields }))

console.log(JSON.stringify(newcomers.map((fields) => likely(fields, files, like).map(({ fields: { name } }) => name))))
