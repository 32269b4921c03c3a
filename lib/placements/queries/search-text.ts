import 'server-only'

/** Signs our alphabet leaves out because they are misread. */
const MISREAD: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1', О: '0', І: '1' }
/** Cyrillic letters read off a slip of paper: what they look like. */
const BY_LOOK: Readonly<Record<string, string>> = { А: 'A', В: 'B', С: 'C', Е: 'E', Н: 'H', К: 'K', М: 'M', Р: 'P', Т: 'T', Х: 'X', У: 'Y' }
/** Cyrillic letters heard on the phone: what they sound like. */
const BY_SOUND: Readonly<Record<string, string>> = {
  А: 'A', Б: 'B', В: 'V', Г: 'G', Д: 'D', Е: 'E', З: 'Z', Й: 'J', К: 'K', М: 'M', Н: 'N', П: 'P', Р: 'R', С: 'S', Т: 'T', Ф: 'F', Х: 'H', Қ: 'Q',
}

function readAs(signs: string[], letters: Readonly<Record<string, string>>): string[] {
  const code = signs.map((sign) => MISREAD[sign] ?? letters[sign] ?? sign).join('')
  return /^[0-9A-Z]{5}$/.test(code) ? [`${code.slice(0, 2)}-${code.slice(2)}`] : []
}

/** The spoken codes a text may mean (`к7 р2м`, `K7R2M`), as `K7-R2M`: by look and by sound, at most two. */
export function codesIn(text: string): string[] {
  const signs = Array.from(text.toUpperCase().replaceAll(/[\s–—-]+/gu, ''))
  return [...new Set([...readAs(signs, BY_LOOK), ...readAs(signs, BY_SOUND)])]
}
