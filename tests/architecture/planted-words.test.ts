import { expect, test } from 'vitest'
import { readMessage } from './message-shape'

test.each([
  ['plain text', 'Комната ждёт', []],
  ['an argument', 'До {day}', ['day']],
  ['the same argument twice', '{name}, {name}', ['name']],
  ['a plural with an argument inside', '{count, plural, one {# ночь у {host}} few {# ночи} many {# ночей} other {# ночи}}', ['count', 'host']],
  ['a choice with a branch of one word', '{side, select, HOST {host} other {guest}}', ['side']],
  ['a tag with an argument inside', '<link>Позвонить {phone}</link>', ['<link>', 'phone']],
  ['a tag that opens a plural’s branch', '{count, plural, one {<b>#</b> bed} other {<b>#</b> beds}}', ['<b>', 'count']],
])('%s is read', (_name, text, names) => {
  expect(readMessage(text).names).toEqual(names)
})

test('the forms of a plural are read', () => {
  expect(readMessage('{n, plural, one {#} other {#}}').plurals).toEqual([['one', 'other']])
})

test('a message that does not parse is refused', () => {
  expect(() => readMessage('{count, plural, one {#}')).toThrow()
})
