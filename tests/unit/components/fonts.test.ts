import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'

const root = new URL('../../../', import.meta.url)
const css = readFileSync(new URL('components/layout/onest.css', root), 'utf8')
const shipped = readFileSync(new URL('node_modules/@fontsource-variable/onest/index.css', root), 'utf8')
const messages = new URL('lib/i18n/messages/', root)

/** Characters as ranges of code points, both ends included. */
function rangesOf(text: string): [number, number][] {
  return [...text.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g)].map(([, from = '', to]) => [
    Number.parseInt(from, 16),
    Number.parseInt(to ?? from, 16),
  ])
}

function isCovered(character: string, ranges: [number, number][]): boolean {
  const point = character.codePointAt(0) ?? 0
  return ranges.some(([from, to]) => from <= point && point <= to)
}

const catalogs = readdirSync(messages, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'))

describe('every character of every message is in the fonts we serve', () => {
  const ranges = rangesOf(css)
  test.each(catalogs)('%s', (path) => {
    const text = readFileSync(new URL(path, messages), 'utf8')
    expect([...new Set(text)].filter((character) => !isCovered(character, ranges))).toEqual([])
  })
})

it('serves the Kazakh and Kyrgyz letters, which most subsets forget', () => {
  const ranges = rangesOf(css)
  expect(Array.from('ӘәҒғҚқҢңӨөҰұҮүҺһІі№«»—…·').filter((letter) => !isCovered(letter, ranges))).toEqual([])
})

describe('every face we name is the one the package ships', () => {
  const faces = css.split('@font-face').slice(1)
  it('has three subsets', () => {
    expect(faces).toHaveLength(3)
  })
  test.each(faces)('%#', (face) => {
    const file = /url\('([^']+)'\)/.exec(face)?.[1] ?? ''
    expect(existsSync(new URL(file, new URL('components/layout/', root)))).toBe(true)
    const name = file.split('/').at(-1) ?? ''
    const origin = shipped.split('@font-face').find((other) => other.includes(name)) ?? ''
    expect(rangesOf(face)).toEqual(rangesOf(origin))
  })
})
