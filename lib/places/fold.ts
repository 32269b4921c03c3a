/** Longer input is no place name; the rest is dropped before any work is done. */
const LENGTH_MAX = 64

/** Words people put around a town's name: "г. Алматы", "Алматы қаласы", "Ош шаары". */
const TOWN_WORDS = new Set(['г', 'гор', 'город', 'қ', 'қала', 'қаласы', 'шаар', 'шаары', 'city', 'town'])

/** Turkic Latin letters that lose their sound when their mark is stripped. */
const MARKED_LATIN: ReadonlyMap<string, string> = new Map([
  ['ş', 'sh'],
  ['ç', 'ch'],
  ['ı', 'y'],
])

/** Letters by sound: Russian, Kazakh and Kyrgyz after stripping marks (so й is already и, and ё is е). */
const LETTERS_BY_SOUND: readonly (readonly [string, string])[] = [
  ['a', 'аә'],
  ['b', 'б'],
  ['v', 'в'],
  ['g', 'гғ'],
  ['d', 'д'],
  ['e', 'еэ'],
  ['j', 'ж'],
  ['z', 'з'],
  ['i', 'иі'],
  ['k', 'кқ'],
  ['l', 'л'],
  ['m', 'м'],
  ['n', 'нң'],
  ['o', 'оө'],
  ['p', 'п'],
  ['r', 'р'],
  ['s', 'с'],
  ['t', 'т'],
  ['u', 'уұү'],
  ['f', 'ф'],
  ['h', 'хһ'],
  ['ts', 'ц'],
  ['ch', 'ч'],
  ['sh', 'шщ'],
  ['y', 'ы'],
  ['yu', 'ю'],
  ['ya', 'я'],
]

const SOUND_BY_LETTER: ReadonlyMap<string, string> = new Map(
  LETTERS_BY_SOUND.flatMap(([sound, letters]) => Array.from(letters, (letter) => [letter, sound] as const)),
)

/** Latin spellings of one sound, brought to one; applied in this order. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/shch|sch/g, 'sh'],
  [/dzh|zh|dj/g, 'j'],
  [/kh/g, 'h'],
  [/gh/g, 'g'],
  [/q/g, 'k'],
  [/w/g, 'u'],
  [/y/g, 'i'],
  [/(.)\1+/g, '$1'],
]

/**
 * Brings a place name to a rough Latin skeleton, so that spellings of one name become equal:
 * Қостанай, Костанай, Qostanay and "г. Kostanai" are all `kostanai`.
 *
 * Deaf to case, ё/е, й/и, Kazakh and Kyrgyz letters against their Russian neighbours, doubled letters, hyphens, spaces,
 * signs, invisible characters, composed or decomposed marks. For comparing only, never for showing.
 *
 * @returns letters a–z and digits; empty when the text holds no letter we know.
 */
export function foldName(text: string): string {
  const lower = text.slice(0, LENGTH_MAX).normalize('NFC').toLowerCase()
  const letters = Array.from(withoutTownWords(lower), (letter) => MARKED_LATIN.get(letter) ?? letter)
  const plain = letters.join('').normalize('NFKD').replace(/\p{M}/gu, '')
  const latin = Array.from(plain, (letter) => SOUND_BY_LETTER.get(letter) ?? letter).join('')
  const skeleton = latin.replace(/[^a-z0-9]/g, '')
  return SPELLINGS.reduce((name, [pattern, sound]) => name.replace(pattern, sound), skeleton)
}

function withoutTownWords(lower: string): string {
  return lower
    .split(/[\s.,]+/)
    .filter((word) => !TOWN_WORDS.has(word))
    .join(' ')
}
