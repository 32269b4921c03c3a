import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'

const css = readFileSync(new URL('../../../app/globals.css', import.meta.url), 'utf8')

/** The custom properties of the first block that opens with `selector`. */
function tokensOf(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`)
  if (start < 0) throw new Error(`no block ${selector}`)
  const block = css.slice(start, css.indexOf('}', start))
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [String(name), String(value)]))
}

const THEMES = {
  light: tokensOf(':root'),
  dark: tokensOf(":root[data-theme='dark']"),
}

/** Relative luminance and contrast as WCAG 2.2 defines them; the result is between 1 and 21. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const SOFT = ['primary-soft', 'needs-soft', 'ok-soft', 'danger-soft', 'info-soft']

/** [what, on what, at least] */
const PAIRS: [string, string, number][] = [
  ...['page', 'card', ...SOFT].flatMap((under): [string, string, number][] => [
    ['ink', under, 7],
    ['muted', under, 7],
    ['focus', under, 3],
  ]),
  ...['page', 'card'].flatMap((under): [string, string, number][] => [
    ['primary', under, 7],
    ['primary-strong', under, 7],
    ['needs', under, 7],
    ['info', under, 7],
    // In light these two are just under 7:1: they stand with an icon, never alone.
    ['ok', under, 4.5],
    ['danger', under, 4.5],
    ['control', under, 3],
  ]),
  ['on-primary', 'primary', 7],
  ['on-primary', 'primary-strong', 7],
  ['on-door', 'door', 7],
  ['on-door', 'door-strong', 7],
  ['primary', 'primary-soft', 4.5],
  ['control', 'primary-soft', 3],
  ['needs', 'needs-soft', 4.5],
  ['ok', 'ok-soft', 4.5],
  ['danger', 'danger-soft', 4.5],
  ['info', 'info-soft', 4.5],
]

describe.each(Object.entries(THEMES))('colours of the %s theme', (_name, tokens) => {
  test.each(PAIRS)('%s can be read on %s', (above, under, least) => {
    const colours = [above, under].map((name) => {
      const value = tokens.get(name)
      if (!value) throw new Error(`no token ${name}`)
      return value
    })
    expect(contrast(String(colours[0]), String(colours[1]))).toBeGreaterThanOrEqual(least)
  })
})

it("says the dark colours the same twice: for the system's wish and for the reader's", () => {
  expect(tokensOf(":root:not([data-theme='light'])")).toEqual(THEMES.dark)
})

it('knows every colour in both themes', () => {
  expect([...THEMES.dark.keys()].sort()).toEqual([...THEMES.light.keys()].sort())
})

it('keeps to the table of the design', () => {
  expect(Object.fromEntries([...THEMES.light].slice(0, 5))).toEqual({
    page: '#fbfaf6',
    card: '#ffffff',
    ink: '#1b2430',
    muted: '#4b5563',
    primary: '#0b5c63',
  })
  expect(THEMES.dark.get('page')).toBe('#11161c')
})
