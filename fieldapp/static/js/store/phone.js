// The tiny database that belongs to the phone and to no member: who is here, and what was lost.

import { Database } from "./database.js"

export const phone = new Database("fieldapp", 1, (db) => {
  db.createObjectStore("meta", { keyPath: "key" })
  db.createObjectStore("member", { keyPath: "key" })
  db.createObjectStore("loss", { keyPath: "id" })
})
