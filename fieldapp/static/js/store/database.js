// A browser database that mends its own connection, and says so when it cannot.

const OPEN_LIMIT_MS = 5000

/** @typedef {{ [name: string]: IDBObjectStore }} Stores */

/** What goes wrong with the phone's disk, in the four ways that need different words. */
export class StoreError extends Error {
  /** @param {"full" | "closed" | "blocked" | "unavailable"} code @param {unknown} [cause] */
  constructor(code, cause) {
    super(`${code}: ${cause}`)
    this.name = "StoreError"
    this.code = code
  }
}

export class Database {
  /** @type {Promise<IDBDatabase> | null} */
  #opening = null

  /** True when this session made the database: nothing was there before. */
  fresh = false

  /**
   * @param {string} name
   * @param {number} version
   * @param {(db: IDBDatabase, from: number) => void} upgrade only ever adds: an older page may still be open
   * @param {(why: string) => void} [closed] told when the browser or a newer release closed the connection
   */
  constructor(name, version, upgrade, closed = () => {}) {
    this.name = name
    this.version = version
    this.upgrade = upgrade
    this.closed = closed
  }

  /**
   * Runs `work` in one transaction; resolves with its value when the transaction is complete.
   *
   * `work` may await nothing but `ask(request)`, and may run twice: browsers drop the connection
   * of a page in the background (WebKit) and say so only at the next use, so the first failure of
   * that sort opens the database again. The second one is the caller's: StoreError.
   *
   * @template T
   * @param {string[]} names
   * @param {IDBTransactionMode} mode
   * @param {(stores: Stores) => T | Promise<T>} work
   * @param {"strict" | "relaxed"} [durability] strict: complete means flushed to the disk
   * @returns {Promise<T>}
   */
  async tx(names, mode, work, durability = "relaxed") {
    try {
      return await this.#once(names, mode, work, durability)
    } catch (error) {
      if (!isLostConnection(error)) throw asStoreError(error)
      this.#forget()
    }
    try {
      return await this.#once(names, mode, work, durability)
    } catch (error) {
      this.#forget()
      throw asStoreError(error)
    }
  }

  /** Opens it now, to know whether it can be opened, and whether it is `fresh`. */
  async open() {
    try {
      await this.#open()
    } catch (error) {
      throw asStoreError(error)
    }
  }

  close() {
    this.#opening?.then((db) => db.close()).catch(() => {})
    this.#opening = null
  }

  /** Deletes the database with all that is in it. */
  async destroy() {
    this.close()
    await ask(indexedDB.deleteDatabase(this.name))
  }

  /**
   * @template T
   * @param {string[]} names
   * @param {IDBTransactionMode} mode
   * @param {(stores: Stores) => T | Promise<T>} work
   * @param {"strict" | "relaxed"} durability
   */
  async #once(names, mode, work, durability) {
    const db = await this.#open()
    const transaction = db.transaction(names, mode, { durability })
    const done = complete(transaction)
    done.catch(() => {}) // looked at below, also when `work` fails first
    try {
      const value = await work(
        Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)])),
      )
      if (mode !== "readonly") await done // what was read is true already
      return value
    } catch (error) {
      try {
        transaction.abort()
      } catch {
        // It is over already: the reason why is `error`.
      }
      throw error
    }
  }

  #open() {
    this.#opening ||= this.#connect().catch((error) => {
      this.#opening = null
      throw error
    })
    return this.#opening
  }

  /** @returns {Promise<IDBDatabase>} */
  #connect() {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(this.name, this.version)
      let late = false
      const limit = setTimeout(() => {
        late = true
        reject(new StoreError("blocked", "no answer"))
      }, OPEN_LIMIT_MS)
      request.onupgradeneeded = ({ oldVersion }) => {
        this.fresh = oldVersion === 0
        this.upgrade(request.result, oldVersion)
      }
      request.onerror = () => {
        clearTimeout(limit)
        reject(request.error)
      }
      request.onsuccess = () => {
        clearTimeout(limit)
        const db = request.result
        if (late) return db.close()
        db.onversionchange = () => this.#lose(db, "newer release")
        db.onclose = () => this.#lose(db, "browser")
        resolve(db)
      }
    })
  }

  /** @param {IDBDatabase} db @param {string} why */
  #lose(db, why) {
    db.close()
    this.#opening = null
    this.closed(why)
  }

  #forget() {
    this.close()
  }
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
export function ask(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** A random (version 4) id. Made by hand: `randomUUID` needs Chrome 92 and https. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 15) | 64
  bytes[8] = (bytes[8] & 63) | 128
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")
}

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
function complete(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error || new DOMException("", "AbortError"))
  })
}

const LOST = ["InvalidStateError", "UnknownError", "AbortError", "TransactionInactiveError"]

/** @param {any} error */
function isLostConnection(error) {
  return LOST.includes(error && error.name)
}

/** @param {any} error */
function asStoreError(error) {
  if (error instanceof StoreError || !(error instanceof DOMException)) return error
  if (error.name === "ConstraintError") return error // of whoever wrote, not of the disk
  if (error.name === "QuotaExceededError") return new StoreError("full", error)
  if (error.name === "VersionError") return new StoreError("blocked", error)
  return new StoreError(isLostConnection(error) ? "closed" : "unavailable", error)
}
