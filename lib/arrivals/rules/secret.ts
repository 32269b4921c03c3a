/** How long a browser carries a newcomer's secret after the last look at their page. */
export const STAY_COOKIE_SECONDS = 30 * 86_400

const TOKEN = /^[0-9A-HJKMNP-TV-Z]{26}$/

/**
 * The 26 characters of a newcomer's secret out of whatever was pasted or typed: the whole link, groups with spaces or
 * hyphens, small letters, and the letters people read for digits (O, I, L).
 *
 * @returns `null` for anything that cannot be a secret.
 */
export function readSecret(typed: string): string | null {
  const tail = typed.slice(typed.lastIndexOf('#') + 1)
  const letters = tail.toUpperCase().replaceAll(/[\s\-–—]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return TOKEN.test(letters) ? letters : null
}
