import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { inLatin } from '@/lib/text/latin'

test.each([
  ['улица Абая 12, квартира 34', 'ulitsa Abaya 12, kvartira 34'],
  ['Қонаев көшесі, 7', 'Qonaev koshesi, 7'],
  ['Жұбан Молдағалиев', 'Zhuban Moldagaliev'],
  ['Щорса 1Ш', 'Shchorsa 1Sh'],
  ['ШЕВЧЕНКО', 'SHEVCHENKO'],
  ['Бөкөнбаев, 4', 'Bokonbaev, 4'],
  ['подъезд, семья', 'podezd, semya'],
  ['Ёлочная', 'Yolochnaya'],
])('%s is %s', (text, latin) => {
  expect(inLatin(text)).toBe(latin)
})

it('leaves no Cyrillic letter of the region, and a Latin text as it is', () => {
  expect(inLatin('абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі'.repeat(2))).not.toMatch(/\p{Script=Cyrillic}/u)
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ 0123,.-/é')) }), (text) => {
    expect(inLatin(text)).toBe(text.normalize('NFC'))
  }))
})

it('does to a whole what it does to its words', () => {
  const words = fc.array(fc.constantFrom('Абая', 'көшесі', 'Щорса', '12', 'пр-т'), { minLength: 1 })
  fc.assert(fc.property(words, (parts) => {
    expect(inLatin(parts.join(' '))).toBe(parts.map(inLatin).join(' '))
  }))
})
