import 'server-only'

/** Letters that look alike on a slip of paper, and those our alphabet leaves out because of it. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  А: 'A', В: 'B', С: 'C', Е: 'E', Н: 'H', К: 'K', М: 'M', Р: 'P', Т: 'T', Х: 'X', О: '0', O: '0', I: '1', L: '1', І: '1',
}

/** The spoken code in a text typed in any habit (`к7 р2м`, `K7R2M`), as `K7-R2M`; `null` when there is none in it. */
export function codeIn(text: string): string | null {
  const signs = Array.from(text.toUpperCase().replaceAll(/[\s–—-]+/gu, ''), (sign) => LOOKALIKES[sign] ?? sign).join('')
  return /^[0-9A-Z]{5}$/.test(signs) ? `${signs.slice(0, 2)}-${signs.slice(2)}` : null
}
