// Whose phone it is, as the town said when somebody joined on it: the page may have kept another's.

const KEPT_FOR_S = 30 * 24 * 60 * 60 // as long as the pass that came with it

/**
 * Whether the town let somebody else in since: then nothing of the one who was here is shown, not
 * even until the network has said who it is now.
 *
 * @param {string} cookies @param {string} key of the member who was here last
 */
export function isAnothers(cookies, key) {
  const said = /(?:^|;\s*)whose=(\d+)(?:;|$)/.exec(cookies)
  return said !== null && said[1] !== key
}

/** What the town says of itself when it is asked holds, whatever was said at the join. @param {string} key */
export function whoseCookie(key) {
  return `whose=${key}; Path=/phone; Max-Age=${KEPT_FOR_S}; SameSite=Lax`
}
