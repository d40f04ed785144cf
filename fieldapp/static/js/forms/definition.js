// The shape of a form as the server describes it (fieldapp/forms/described.py). Types only.

/** @typedef {{ zh?: string, en?: string }} Words  the languages a shell carries, one or both */

/** @typedef {{ key: string, in: (string | boolean)[] }} When */

/**
 * @typedef {object} Field
 * @property {string} key
 * @property {"text"|"int"|"dec1"|"date"|"dt"|"bool"|"enum"|"multi"|"ref"|"photo"} type
 * @property {boolean} required
 * @property {string[]} [choices]
 * @property {number|string} [lowest]  as of the day the definition was made: see lowest_is
 * @property {number|string} [highest]
 * @property {string} [lowest_is]  the bound as written, "today" or "now-72h": it moves, we do not ask
 * @property {string} [highest_is]
 * @property {{ key: string, lowest_is: string }} [unless]
 * @property {number} [min_length]
 * @property {number} [max_length]
 * @property {string} [of]
 * @property {When} [when]
 * @property {boolean} [unasked_ok]
 * @property {boolean} [lines]
 * @property {"name"|"phone"|"cn_id"} [format]
 * @property {When} [format_when]
 * @property {boolean} [sensitive]
 * @property {string} [exclusive]
 * @property {string} [not_before]
 * @property {string} [not_after]
 * @property {string|number|boolean} [default]
 * @property {Words} label
 * @property {Words} [help]
 * @property {Record<string, Words>} [labels]  by code of the choice
 * @property {Record<string, Words>} [says]  this field's own sentence, by code of the error
 */

/** @typedef {{ version: number, fields: Field[] }} Form */

/** @typedef {Record<string, unknown>} Answers */

export {}
