// One record among others: what lies over it, whose it is, and where it stands in a list. Pure.

/** @typedef {import("./book.js").Row} Row */

const NAMES = ["hh_no", "address_text", "head_name", "nickname", "name"]

/**
 * Has the server's record caught up with this change?
 *
 * @param {import("./outbox.js").Entry} entry @param {{ version: number } | undefined} sent
 */
export function isSettled({ state, base }, sent) {
  const answered = state === "accepted" || state === "duplicate" || state === "held"
  return answered && sent !== undefined && sent.version > (base ?? 0)
}

/** @param {{ kind: string, record: string }} of */
export function keyOf({ kind, record }) {
  return `${kind}/${record}`
}

/** @param {import("./book.js").Sent | undefined} sent @param {import("./outbox.js").Entry[] | undefined} own @returns {Row | undefined} */
export function laidOver(sent, own) {
  if (!own) return sent && { ...sent, own: null }
  const last = own[own.length - 1]
  const { kind, record } = last
  const fields = Object.assign({}, sent?.fields, ...own.map((entry) => entry.fields))
  return { kind, record, version: sent?.version ?? null, grid: last.grid, fields, own: last.state, disputed: sent?.disputed }
}

/** @param {Row | undefined} row @returns {string | undefined} */
export function mergedInto(row) {
  return row?.fields.merged_into || undefined
}

/** Not merged into another, and not taken back. @param {Row} row */
export function isShown(row) {
  return !mergedInto(row) && !row.fields.voided
}

/** Keys of the records under which people look for this one. @param {Row} row @returns {string[]} */
export function ownersOf({ kind, fields }) {
  const owners = [fields.merged_into && `${kind}/${fields.merged_into}`]
  if (kind === "health_check") owners.push(`isolation_case/${fields.case}`)
  else if (fields.hh || fields.stay_at) owners.push(`household/${fields.hh || fields.stay_at}`)
  if (kind === "isolation_case") owners.push(`person/${fields.person}`)
  return owners.filter(Boolean)
}

/** Grid by grid, as people walk, then by number; those nobody has put in order come last. @param {Row[]} households */
export function inWalkingOrder(households) {
  const last = 1e9
  return households
    .map(({ record, grid, fields: { walk_no = last, hh_no = "" } }) => (
      { record, key: [grid, walk_no ?? last, hh_no].join(" ").replace(/\d+/g, (digits) => digits.padStart(12, "0")) }
    ))
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ record }) => record)
}

/** @param {Row} one @param {Row} other */
export function newestFirst(one, other) {
  return whenOf(other) - whenOf(one)
}

/** @param {Row} visit */
function whenOf({ fields, own }) {
  return Date.parse(fields.occurred_at) || (own ? Infinity : 0)
}

/** @param {Record<string, any>[]} all the household's own and its people's */
export function wordsOf(all) {
  return plain(all.flatMap((fields) => NAMES.map((key) => fields[key] ?? "")).join(" "))
}

/** Full-width and half-width, upper and lower case are the same to somebody who searches. @param {string} text */
export function plain(text) {
  return text.normalize("NFKC").toLowerCase()
}
