import { expect, test } from 'vitest'
import { directivesIn, firstImport, opensWith, strangeExports } from './doors'
import { parse } from './tree'

const ACTIONS = 'app/actions.ts'

test.each([
  ['a function', 'export async function askAction() {}'],
  ['a bare value', 'export const askAction = async () => null'],
  ['another maker', "export const askAction = define({ name: 'ask' })"],
  ['a second value in one line', 'export const one = defineAction({}), two = 2'],
  ['a list of names', 'const a = 1; export { a }'],
  ['somebody else’s names', "export * from './other'"],
  ['a default', 'export default defineAction({})'],
  ['a type', 'export type Ask = string'],
])('an action file that exports %s is seen', (_name, code) => {
  expect(strangeExports(parse(ACTIONS, code))).toHaveLength(1)
})

test('an action file that exports actions is fine, whatever it keeps to itself', () => {
  const code = "'use server'\nconst hours = 2\nfunction twice() { return hours * 2 }\nexport const askAction = defineAction({ run: twice })"
  expect(strangeExports(parse(ACTIONS, code))).toEqual([])
  expect(opensWith(parse(ACTIONS, code), 'use server')).toBe(true)
})

test('a directive after an import does not count as the opening', () => {
  expect(opensWith(parse(ACTIONS, "import 'a'\n'use server'"), 'use server')).toBe(false)
})

test('a server door inside a page’s function is seen', () => {
  const code = "export function Page() { async function act() { 'use server' } return <form action={act} /> }"
  expect(directivesIn(parse('app/page.tsx', code))).toEqual(['use server'])
})

test('the first import is the one that counts', () => {
  expect(firstImport(parse('lib/x.ts', "import { z } from 'zod'\nimport 'server-only'"))).toBe('zod')
})
