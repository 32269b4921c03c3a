import { describe, expect, test } from 'vitest'
import { listCode, listFiles, nameOf, read } from './tree'

const FOUR_WORDS = ['schema', 'rules', 'queries', 'commands'] as const

/** Folders of `lib` and the names their files may have; `ANY` where each file names one step or one thing. */
const ANY = 'ANY'
const FOLDERS: Record<string, readonly string[] | typeof ANY> = {
  config: ['env', 'desk'],
  time: ANY,
  places: ANY,
  text: ['schema', 'latin'],
  i18n: ['routing', 'request', 'navigation', 'load', 'messages'],
  db: ANY,
  auth: [...FOUR_WORDS, 'session', 'staff', 'options', 'demo', 'bearer', 'tokens'],
  // docs/adr/0020: the second door, from the request to the document that describes it
  api: ['define-endpoint', 'serve', 'admit', 'read-body', 'problem', 'codes', 'schema', 'openapi'],
  actions: ['define-action', 'read-form', 'rate-limit', 'state'],
  privacy: ['seal', 'secret', 'draft', 'blind-index', 'reveal', 'retention'],
  hosts: FOUR_WORDS,
  arrivals: FOUR_WORDS,
  placements: FOUR_WORDS,
  policies: FOUR_WORDS,
  matching: ANY,
  rounds: [...FOUR_WORDS, 'worker'],
  safety: FOUR_WORDS,
  insights: [...FOUR_WORDS, 'hxl'],
  notifications: [...FOUR_WORDS, 'templates', 'deliver', 'email', 'telegram', 'push', 'outbox'],
  audit: FOUR_WORDS,
  jobs: ANY,
}
const LOOSE_FILES = ['result', 'errors', 'log']
const DRAWERS = /(^|\/)(utils?|helpers?|services?|types?|common|misc|shared|core)\//
const CODE_FOLDERS = ['app', 'components', 'lib', 'prisma', 'scripts', 'tests']
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/
/** Next's own spellings: `[locale]`, `[...nextauth]`, `(group)`, `_private`, `openapi.json`. */
const ROUTE_SEGMENT = /^(_?[a-z0-9]+([-.][a-z0-9]+)*|\[{1,2}(\.\.\.)?[a-z]+([A-Z][a-z]+)?\]{1,2}|\([a-z-]+\))$/

function isAllowedInLib(path: string): boolean {
  const [, folder = '', name = ''] = path.split('/')
  if (!path.slice('lib/'.length).includes('/')) return LOOSE_FILES.includes(nameOf(path))
  const allowed = FOLDERS[folder]
  if (allowed === undefined) return false
  return allowed === ANY || allowed.includes(name.replace(/\.tsx?$/, ''))
}

describe('the tree', () => {
  test('a domain folder holds schema, rules, queries and commands, and what a decision record added', () => {
    expect(listCode('lib').filter((path) => !isAllowedInLib(path))).toEqual([])
  })

  test('there is no barrel: an index file hides who needs what', () => {
    const inside = listCode(...CODE_FOLDERS).filter((path) => nameOf(path) === 'index')
    expect(inside).toEqual([])
  })

  test('there is no drawer: utils, helpers, services, types, common say nothing about what is inside', () => {
    const code = listCode(...CODE_FOLDERS)
    const named = code.filter((path) => /^(utils?|helpers?|services?|common|misc)$/.test(nameOf(path)))
    expect([...code.filter((path) => DRAWERS.test(path)), ...named]).toEqual([])
  })

  test('file and folder names are kebab-case', () => {
    const code = listCode('components', 'lib', 'scripts', 'tests').filter((path) =>
      path.split('/').some((part) => !KEBAB.test(part.replace(/(\.(test|spec|config|setup|teardown))?\.tsx?$/, ''))),
    )
    const routes = listCode('app').filter((path) =>
      path.split('/').slice(1).some((part) => !ROUTE_SEGMENT.test(part.replace(/\.tsx?$/, ''))),
    )
    expect([...code, ...routes]).toEqual([])
  })

  test('components hold components: no data files, no routes', () => {
    const strange = listFiles('components').filter((path) => !/\.(tsx?|css)$/.test(path))
    expect(strange).toEqual([])
  })

  test('decision records are numbered without a gap', () => {
    const numbers = listFiles('docs/adr').map((path) => Number(nameOf(path).slice(0, 4)))
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  })

  test('every decision record that code cites is there, under that name', () => {
    const records = listFiles('docs/adr').map(nameOf)
    const cited = listFiles().filter((path) => !path.startsWith('docs/adr/')).flatMap(citations)
    expect(cited.filter(({ name }) => !records.some((record) => record === name || record.slice(0, 4) === name))).toEqual([])
  })
})

function citations(path: string): { path: string; name: string }[] {
  if (!/\.(ts|tsx|mjs|cjs|sql|md)$/.test(path)) return []
  return Array.from(read(path).matchAll(/docs\/adr\/(\d{4}[a-z0-9-]*)/g), (match) => ({ path, name: match[1] ?? '' }))
}
