// The roster in memory: what the server sent, with this phone's own unsettled changes laid over.

/**
 * @typedef {import("./outbox.js").Entry} Entry
 * @typedef {import("./outbox.js").State} State
 * @typedef {{ kind: string, record: string, version: number, grid: string, fields: Record<string, any>, gone?: boolean }} Sent a record as the server sends it
 * @typedef {{ kind: string, record: string, version: number | null, grid: string, fields: Record<string, any>, own: State | null }} Row own: the state of this phone's newest change to it
 * @typedef {object} Household
 * @property {string} id
 * @property {string} grid
 * @property {number | null} version
 * @property {Record<string, any>} fields
 * @property {Row[]} people
 * @property {Row[]} visits newest first
 * @property {Row[]} returnees
 * @property {Row[]} cases home isolation
 * @property {State | null} own
 * @property {string} find what searching looks through
 */

const NAMES = ["hh_no", "address_text", "head_name", "nickname", "name"]

export class Book {
  /** @type {Map<string, Sent>} */
  #sent = new Map()
  /** @type {Map<string, Entry[]>} */
  #own = new Map()
  /** Records as people see them. @type {Map<string, Row>} */
  #rows = new Map()
  /** Keys of the records that belong to a household. @type {Map<string, Set<string>>} */
  #members = new Map()
  /** @type {Map<string, Household>} */
  #views = new Map()
  /** @type {string[] | null} */
  #order = null

  /** @param {Sent[]} records @param {{ reset?: boolean }} [options] reset: these replace all that was sent before */
  put(records, { reset = false } = {}) {
    const touched = new Set(records.map(keyOf))
    if (reset) {
      for (const key of this.#sent.keys()) touched.add(key)
      this.#sent.clear()
    }
    for (const record of records) {
      if (record.gone) this.#sent.delete(keyOf(record))
      else this.#sent.set(keyOf(record), record)
    }
    touched.forEach((key) => this.#settle(key))
  }

  /** Replaces all that is laid over. @param {Entry[]} entries in order */
  layOver(entries) {
    const touched = new Set(this.#own.keys())
    this.#own.clear()
    for (const entry of entries) touched.add(this.#pile(entry))
    touched.forEach((key) => this.#settle(key))
  }

  /** Lays one more over, the same one again in its own place. @param {Entry} entry */
  lay(entry) {
    this.#settle(this.#pile(entry))
  }

  /** Takes one away again. @param {Entry} entry */
  lift(entry) {
    const key = keyOf(entry)
    const left = (this.#own.get(key) || []).filter(({ id }) => id !== entry.id)
    if (left.length) this.#own.set(key, left)
    else this.#own.delete(key)
    this.#settle(key)
  }

  /** In walking order. @returns {Household[]} */
  households() {
    this.#order ||= inWalkingOrder(this.recordsOf("household"))
    return this.#order.map((id) => /** @type {Household} */ (this.household(id)))
  }

  /** @param {string} id @returns {Household | undefined} */
  household(id) {
    const there = this.#views.get(id)
    if (there) return there
    const row = this.#rows.get(`household/${id}`)
    if (!row) return undefined
    const view = this.#view(row)
    this.#views.set(id, view)
    return view
  }

  /** @param {string} text part of a name, nickname, door or number @returns {Household[]} */
  find(text) {
    const words = plain(text).split(/\s+/).filter(Boolean)
    return this.households().filter(({ find }) => words.every((word) => find.includes(word)))
  }

  /** @param {string} kind @param {string} id @returns {Row | undefined} */
  record(kind, id) {
    return this.#rows.get(`${kind}/${id}`)
  }

  /** @param {string} kind @returns {Row[]} */
  recordsOf(kind) {
    return Array.from(this.#rows.values()).filter((row) => row.kind === kind)
  }

  /** The version the server last sent; null for what it has not sent. @param {string} kind @param {string} id */
  version(kind, id) {
    return this.#sent.get(`${kind}/${id}`)?.version ?? null
  }

  size() {
    return { households: this.recordsOf("household").length, people: this.recordsOf("person").length }
  }

  /** @param {Entry} entry */
  #pile(entry) {
    const key = keyOf(entry)
    const others = (this.#own.get(key) || []).filter(({ id }) => id !== entry.id)
    this.#own.set(key, [...others, entry])
    return key
  }

  /** Works out one record anew, and forgets the views that showed it. @param {string} key */
  #settle(key) {
    const before = this.#rows.get(key)
    const after = laidOver(this.#sent.get(key), this.#own.get(key))
    if (after) this.#rows.set(key, after)
    else this.#rows.delete(key)
    this.#belong(key, before, after)
    if ((before || after)?.kind === "household") this.#order = null
  }

  /** @param {string} key @param {Row | undefined} before @param {Row | undefined} after */
  #belong(key, before, after) {
    const left = before && homeOf(before)
    const home = after && homeOf(after)
    if (left) this.#views.delete(left)
    if (home) this.#views.delete(home)
    if (left && left !== home) this.#members.get(left)?.delete(key)
    if (!home || after?.kind === "household") return
    const those = this.#members.get(home)
    if (those) those.add(key)
    else this.#members.set(home, new Set([key]))
  }

  /** @param {Row} row @returns {Household} */
  #view({ record, grid, version, fields, own }) {
    /** @type {Record<string, Row[]>} */
    const by = { person: [], visit: [], returnee: [], isolation_case: [] }
    for (const key of this.#members.get(record) || []) {
      const row = /** @type {Row} */ (this.#rows.get(key))
      if (by[row.kind]) by[row.kind].push(row)
    }
    by.visit.sort(newestFirst)
    /** @type {string | undefined} */
    let find
    return {
      id: record, grid, version, fields, own,
      people: by.person, visits: by.visit, returnees: by.returnee, cases: by.isolation_case,
      get find() {
        return (find ??= wordsOf([fields, ...by.person.map((person) => person.fields)]))
      },
    }
  }
}

/**
 * Has the server's record caught up with this change?
 *
 * @param {Entry} entry @param {{ version: number } | undefined} sent
 */
export function isSettled({ state, base }, sent) {
  const answered = state === "accepted" || state === "duplicate" || state === "held"
  return answered && sent !== undefined && sent.version > (base ?? 0)
}

/** @param {{ kind: string, record: string }} of */
export function keyOf({ kind, record }) {
  return `${kind}/${record}`
}

/** @param {Sent | undefined} sent @param {Entry[] | undefined} own @returns {Row | undefined} */
function laidOver(sent, own) {
  if (!own) return sent && { ...sent, own: null }
  const last = own[own.length - 1]
  const { kind, record } = last
  const fields = Object.assign({}, sent?.fields, ...own.map((entry) => entry.fields))
  return { kind, record, version: sent?.version ?? null, grid: last.grid, fields, own: last.state }
}

/** The household a record belongs to. @param {Row} row @returns {string | undefined} */
function homeOf({ kind, record, fields }) {
  return kind === "household" ? record : fields.hh || fields.stay_at
}

/** Grid by grid, as people walk, then by number; those nobody has put in order come last. @param {Row[]} households */
function inWalkingOrder(households) {
  const last = 1e9
  return households
    .map(({ record, grid, fields: { walk_no = last, hh_no = "" } }) => (
      { record, key: [grid, walk_no ?? last, hh_no].join(" ").replace(/\d+/g, (digits) => digits.padStart(12, "0")) }
    ))
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ record }) => record)
}

/** @param {Row} one @param {Row} other */
function newestFirst(one, other) {
  return whenOf(other) - whenOf(one)
}

/** @param {Row} visit */
function whenOf({ fields, own }) {
  return Date.parse(fields.occurred_at) || (own ? Infinity : 0)
}

/** @param {Record<string, any>[]} all the household's own and its people's */
function wordsOf(all) {
  return plain(all.flatMap((fields) => NAMES.map((key) => fields[key] ?? "")).join(" "))
}

/** Full-width and half-width, upper and lower case are the same to somebody who searches. @param {string} text */
function plain(text) {
  return text.normalize("NFKC").toLowerCase()
}
