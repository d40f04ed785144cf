// Logging out, a part of the second pack.

import { forgetPresent } from "../store/open.js"
import { counts } from "../store/outbox.js"
import { call } from "./exchange.js"

/**
 * Logs out, if nothing would be lost by it.
 *
 * @returns {Promise<{ left: boolean, pending: number }>}
 */
export async function requestToLeave() {
  const { waiting, problem } = await counts()
  if (waiting + problem) return { left: false, pending: waiting + problem }
  const { response } = await call("/phone/leave", { method: "POST" })
  if (response.status !== 204 && response.status !== 401) return { left: false, pending: 0 }
  await forgetPresent()
  return { left: true, pending: 0 }
}
