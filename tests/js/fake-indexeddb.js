// As much of IndexedDB as the phone's store uses, in memory, with switches for what goes wrong.
//
// Transactions work on a copy that becomes true at the end, or never: so an abort is an abort.

/** @param {{}} [faults] read at each use: set and clear them from a test */
export function install(faults = {}) {
  const databases = new Map()
  const opened = []
  globalThis.IDBKeyRange = { bound: (lower, upper) => ({ lower, upper }) }
  globalThis.indexedDB = {
    open: (name, version) => open(databases, opened, faults, name, version),
    deleteDatabase(name) {
      databases.delete(name)
      return request(() => undefined)
    },
  }
  return { databases, opened, faults }
}

function open(databases, opened, faults, name, version) {
  const asked = {}
  setTimeout(() => {
    if (faults.openFails > 0) {
      faults.openFails -= 1
      asked.error = new DOMException("no connection", "UnknownError")
      return asked.onerror?.()
    }
    const old = databases.get(name)
    const data = old || { version: 0, stores: new Map(), queue: [] }
    databases.set(name, data)
    const db = new FakeDatabase(data, faults)
    opened.push(db)
    asked.result = db
    if (data.version < version) {
      const oldVersion = data.version
      data.version = version
      asked.onupgradeneeded?.({ oldVersion })
    }
    asked.onsuccess?.()
  })
  return asked
}

class FakeDatabase {
  constructor(data, faults) {
    Object.assign(this, { data, faults, closed: false })
  }

  createObjectStore(name, { keyPath, autoIncrement = false } = {}) {
    const store = { keyPath, autoIncrement, next: 1, rows: new Map(), indexes: {} }
    this.data.stores.set(name, store)
    return { createIndex: (index, path, { unique = false } = {}) => (store.indexes[index] = { path, unique }) }
  }

  transaction(names, mode, options) {
    if (this.closed) throw new DOMException("closed", "InvalidStateError")
    return new FakeTransaction(this, [names].flat(), mode, options)
  }

  close() {
    this.closed = true
  }
}

/** As on a real disk, what writes to a store waits for those before it, and those after it wait. */
class FakeTransaction {
  constructor(db, names, mode, { durability } = {}) {
    Object.assign(this, { db, names, mode, durability, open: 0, begun: false, over: false, error: null })
    this.queue = db.data.queue
    this.queue.push(this)
    this.copies = new Map()
    this.asked = []
    this.#beginAll()
  }

  objectStore(name) {
    return new FakeStore(this, name)
  }

  request(work) {
    if (this.over) throw new DOMException("over", "TransactionInactiveError")
    this.open += 1
    const asked = {}
    this.asked.push(() => this.#answer(asked, work))
    if (this.begun) this.#answerSoon()
    return asked
  }

  abort() {
    if (this.over) throw new DOMException("over", "InvalidStateError")
    this.#leave()
    setTimeout(() => this.onabort?.())
  }

  #beginAll() {
    for (const [at, one] of this.queue.entries()) {
      if (!one.begun && !this.queue.slice(0, at).some((before) => inTheWay(before, one))) one.#begin()
    }
  }

  #begin() {
    this.begun = true
    const { stores } = this.db.data
    for (const name of this.names) this.copies.set(name, structuredClone(stores.get(name)))
    for (const _ of this.asked) this.#answerSoon()
    setTimeout(() => this.#endIfIdle())
  }

  #answerSoon() {
    setTimeout(() => this.asked.shift()?.())
  }

  #answer(asked, work) {
    if (this.over) return
    try {
      asked.result = work()
      asked.onsuccess?.()
    } catch (error) {
      asked.error = error
      asked.onerror?.()
      this.error = error
      this.abort()
    }
    this.open -= 1
    setTimeout(() => this.#endIfIdle())
  }

  #endIfIdle() {
    if (this.over || this.open) return
    const { faults, data, closed } = this.db
    if (this.mode === "readwrite" && faults.full) this.error = new DOMException("full", "QuotaExceededError")
    if (this.error || closed) return this.abort()
    if (this.mode === "readwrite") for (const [name, copy] of this.copies) data.stores.set(name, copy)
    this.#leave()
    faults.completed?.(this)
    this.oncomplete?.()
  }

  #leave() {
    this.over = true
    this.queue.splice(this.queue.indexOf(this), 1)
    this.#beginAll()
  }
}

function inTheWay(before, one) {
  const writes = before.mode === "readwrite" || one.mode === "readwrite"
  return writes && before.names.some((name) => one.names.includes(name))
}

class FakeStore {
  constructor(transaction, name) {
    Object.assign(this, { transaction, name })
  }

  get data() {
    return this.transaction.copies.get(this.name)
  }

  get(key) {
    return this.#ask(() => copy(this.data.rows.get(asKey(key))))
  }

  getAll(range) {
    const within = (row) => !range || (range.lower <= row[this.data.keyPath] && row[this.data.keyPath] <= range.upper)
    return this.#ask(() => sorted(this.data).filter(within).map(copy))
  }

  count() {
    return this.#ask(() => this.data.rows.size)
  }

  put(row, key) {
    return this.#ask(() => this.#write(row, key))
  }

  add(row) {
    return this.#ask(() => {
      const key = keyFor(this.data, row)
      if (key !== undefined && this.data.rows.has(asKey(key))) throw new DOMException("there", "ConstraintError")
      return this.#write(row)
    })
  }

  delete(key) {
    return this.#ask(() => void this.data.rows.delete(asKey(key)))
  }

  clear() {
    return this.#ask(() => this.data.rows.clear())
  }

  index(name) {
    const having = (value, { path } = this.data.indexes[name]) =>
      sorted(this.data).filter((row) => (value === undefined ? row[path] !== undefined : row[path] === value))
    return {
      get: (value) => this.#ask(() => copy(having(value)[0])),
      getAll: (value) => this.#ask(() => having(value).map(copy)),
      getAllKeys: (value) => this.#ask(() => having(value).map((row) => row[this.data.keyPath])),
      count: (value) => this.#ask(() => having(value).length),
    }
  }

  #write(row, outer) {
    const kept = structuredClone(row)
    let key = outer ?? keyFor(this.data, kept)
    if (key === undefined) key = kept[this.data.keyPath] = this.data.next++
    for (const { path, unique } of Object.values(this.data.indexes)) {
      const twin = unique && sorted(this.data).find((other) => other[path] === kept[path])
      if (twin && asKey(keyFor(this.data, twin)) !== asKey(key)) throw new DOMException(path, "ConstraintError")
    }
    this.data.rows.set(asKey(key), kept)
    return key
  }

  #ask(work) {
    return this.transaction.request(work)
  }
}

function keyFor({ keyPath }, row) {
  return Array.isArray(keyPath) ? keyPath.map((part) => row[part]) : row[keyPath]
}

const asKey = (key) => (Array.isArray(key) ? JSON.stringify(key) : key)

const copy = (row) => (row === undefined ? undefined : structuredClone(row))

function sorted(data) {
  const order = (one, other) => (asKey(keyFor(data, one)) < asKey(keyFor(data, other)) ? -1 : 1)
  return data.keyPath ? [...data.rows.values()].sort(order) : [...data.rows.values()]
}

function request(work) {
  const asked = {}
  setTimeout(() => {
    asked.result = work()
    asked.onsuccess?.()
  })
  return asked
}
