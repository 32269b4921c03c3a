const FNV_OFFSET = 2_166_136_261
const FNV_PRIME = 16_777_619

function hash(text: string): number {
  return Array.from(text).reduce((sum, letter) => Math.imul(sum ^ (letter.codePointAt(0) ?? 0), FNV_PRIME) >>> 0, FNV_OFFSET)
}

function words(list: string): string[] {
  return list.split(',').map((word) => word.trim()).filter((word) => word !== '')
}

/**
 * A ready-made name such as "Синий барс": the same seed gives the same name in one language.
 *
 * @param colours, animals words of a language, commas between.
 * @throws RangeError when a list is empty.
 */
export function pickNickname({ seed, colours, animals }: { seed: string; colours: string; animals: string }): string {
  const [first, second] = [words(colours), words(animals)]
  const number = hash(seed)
  const colour = first[number % first.length]
  const animal = second[Math.floor(number / first.length) % second.length]
  if (colour === undefined || animal === undefined) throw new RangeError('no words to make a name of')
  return `${colour} ${animal}`
}
