// Whose phone it is, as the town said when somebody joined on it: the page may have kept another's.

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
