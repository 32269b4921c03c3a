import { describe, expect, test } from 'vitest'
import { AREAS } from '@/lib/i18n/load'
import { LOCALES, type Locale } from '@/lib/i18n/routing'
import { readMessage, type MessageShape } from './message-shape'
import { listCode, listFiles, nameOf, read } from './tree'

const FOLDER = 'lib/i18n/messages'
const WORDS_NOBODY_SAYS = /беженц|беженец|мигрант|уклонист|релокант|босқын|refugee|\bmigrants?\b|relocant|draft.?dodger/i
/** Words of trade; in code they may be the name of somebody else's thing, on screen never. */
const WORDS_OF_TRADE = /\b(clients?|owners?|bookings?)\b|клиент|владел[еь]ц|(?<!\p{L})брон(ь|и|ью|ир\p{L}+)(?!\p{L})/iu
/** Forms a plural must spell out beside `other`. Kazakh nouns stay in the singular after a number. */
const PLURAL_FORMS: Record<Locale, string[]> = { ru: ['one', 'few'], kk: [], en: ['one'] }

interface Message {
  /** Area and path of the key, `need.party.title`. */
  key: string
  text: string
}

function flatten(branch: object, prefix: string): Message[] {
  return Object.entries(branch).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? flatten(value, `${prefix}.${name}`)
      : [{ key: `${prefix}.${name}`, text: typeof value === 'string' ? value : '' }],
  )
}

function readCatalog(locale: string): Message[] {
  return listFiles(`${FOLDER}/${locale}`).flatMap((path) => flatten(JSON.parse(read(path)) as object, nameOf(path)))
}

const catalogs = LOCALES.map((locale) => ({ locale, messages: readCatalog(locale) }))

function shapeOf(text: string): MessageShape | string {
  try {
    return readMessage(text)
  } catch (error) {
    return String(error)
  }
}

function shapes(messages: Message[]): Map<string, string> {
  return new Map(messages.map(({ key, text }) => {
    const shape = shapeOf(text)
    return [key, typeof shape === 'string' ? shape : shape.names.join(' ')]
  }))
}

describe.each(catalogs)('messages in $locale', ({ locale, messages }) => {
  test('there is one file per area, no more and no less', () => {
    expect(listFiles(`${FOLDER}/${locale}`).map(nameOf)).toEqual([...AREAS].sort())
  })

  test('every message parses and says something', () => {
    expect(messages.filter(({ text }) => text.trim() === '' || typeof shapeOf(text) === 'string')).toEqual([])
  })

  test('keys and placeholders are those of the Russian catalog', () => {
    const russian = catalogs.find((one) => one.locale === 'ru')?.messages ?? []
    expect(Object.fromEntries(shapes(messages))).toEqual(Object.fromEntries(shapes(russian)))
  })

  test('plurals have every form the language counts with', () => {
    const lacking = messages.filter(({ text }) => {
      const shape = shapeOf(text)
      return typeof shape !== 'string' && shape.plurals.some((plural) => PLURAL_FORMS[locale].some((form) => !plural.includes(form)))
    })
    expect(lacking).toEqual([])
  })

  test('nobody is called a name, sold to or shouted at', () => {
    const rude = messages.filter(({ text }) => WORDS_NOBODY_SAYS.test(text) || WORDS_OF_TRADE.test(text) || /[!¡]/.test(text))
    expect(rude).toEqual([])
  })
})

describe('Kazakh', () => {
  const kazakh = catalogs.find(({ locale }) => locale === 'kk')?.messages ?? []

  test('no ending hangs on a date or an hour: a date in figures takes none', () => {
    const hanging = /\{(day|date|from|until|last|time|deadline)\}(-?(ға|ге|қа|ке|да|де|дан|ден|нан|нен)(?!\p{L})|\s+(бастап|дейін|кейін))/u
    expect(kazakh.filter(({ text }) => hanging.test(text))).toEqual([])
  })

  test('a thing has one name on every screen', () => {
    const otherNames = /үй ереже|ауысым (жетекші|басшы)|бекітілді/iu
    expect(kazakh.filter(({ text }) => otherNames.test(text))).toEqual([])
  })
})

describe('words in code', () => {
  test('code uses the words of the field too', () => {
    const code = listCode('app', 'components', 'lib', 'prisma', 'scripts')
    expect(code.filter((path) => WORDS_NOBODY_SAYS.test(read(path)))).toEqual([])
  })

  test('every area a file asks for exists', () => {
    const asked = listCode('app', 'components', 'lib').flatMap((path) =>
      Array.from(read(path).matchAll(/(?:get|use)Translations\(\s*(?:\{[^}]*namespace:\s*)?'([a-z]+)[.'\w]*/g), (match) => ({ path, area: match[1] ?? '' })),
    )
    const areas: readonly string[] = AREAS
    expect(asked.filter(({ area }) => !areas.includes(area))).toEqual([])
  })
})
