/** Kazakh, Kyrgyz and Russian letters as they are read aloud from Latin ones; the soft and hard sign are silent. */
const LETTERS: Readonly<Record<string, string>> = {
  а: 'a', ә: 'a', б: 'b', в: 'v', г: 'g', ғ: 'g', д: 'd', е: 'e', ё: 'yo', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', қ: 'q', л: 'l',
  м: 'm', н: 'n', ң: 'ng', о: 'o', ө: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ұ: 'u', ү: 'u', ф: 'f', х: 'kh', һ: 'h', ц: 'ts',
  ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', і: 'i', ь: '', э: 'e', ю: 'yu', я: 'ya',
}

function isUpper(letter: string | undefined): boolean {
  return letter !== undefined && letter !== letter.toLowerCase()
}

// `Ш` begins a word as `Sh` and stands in capitals as `SH`
function inCase(latin: string, letter: string, next: string | undefined): string {
  if (!isUpper(letter)) return latin
  return isUpper(next) ? latin.toUpperCase() : latin.charAt(0).toUpperCase() + latin.slice(1)
}

/**
 * An address in Latin letters, for guests who read no Cyrillic and for maps. Everything that is no Cyrillic letter stays
 * as it is, so a Latin text comes back unchanged.
 */
export function inLatin(text: string): string {
  const letters = Array.from(text.normalize('NFC'))
  return letters.map((letter, at) => {
    const latin = LETTERS[letter.toLowerCase()]
    return latin === undefined ? letter : inCase(latin, letter, letters[at + 1])
  }).join('')
}
