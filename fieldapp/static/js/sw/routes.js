// Who answers a request. Pure, so that node can test it.

/**
 * @param {{ url: string, method: string, mode: string }} request
 * @param {string} origin ours
 * @returns {{ by: "shell", page: string } | { by: "asset" } | { by: "network" }}
 *   network: not ours, the browser does it as if we were not here. No POST is ever ours.
 */
export function route({ url, method, mode }, origin) {
  const { origin: from, pathname } = new URL(url)

  if (method !== "GET" || from !== origin) return { by: "network" }
  if (pathname.startsWith("/static/")) return { by: "asset" }
  if (mode === "navigate" && SHELLS.includes(pathname)) return { by: "shell", page: pathname }
  if (SECOND.includes(pathname)) return { by: "shell", page: pathname }
  return { by: "network" }
}

export const SHELLS = ["/phone/", "/phone/en/"]
/** Fetched by the script of a shell. */
export const SECOND = ["/phone/more", "/phone/en/more"]
