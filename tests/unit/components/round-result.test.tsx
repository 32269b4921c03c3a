import { NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { LostNotice } from '@/components/rounds/lost-notice'
import { Outcome } from '@/components/rounds/outcome'
import { PartPages } from '@/components/rounds/part-pages'
import { ResultSheet } from '@/components/rounds/result-sheet'
import type { ResultRow } from '@/components/rounds/shapes'
import { StartForm } from '@/components/rounds/start-form'
import { Certificate } from '@/components/rounds/summary'
import coordinate from '@/lib/i18n/messages/en/coordinate.json'
import refusals from '@/lib/i18n/messages/en/refusals.json'
import rounds from '@/lib/i18n/messages/en/rounds.json'
import ui from '@/lib/i18n/messages/en/ui.json'
import { CITIES } from '@/lib/places/places'

const act = () => Promise.resolve({ status: 'idle' as const })

function show(element: ReactNode): string {
  const messages = { coordinate, refusals, rounds, ui }
  return renderToString(<NextIntlClientProvider locale="en" timeZone="Asia/Almaty" messages={messages}>{element}</NextIntlClientProvider>)
    .replaceAll('<!-- -->', '').replaceAll('&amp;', '&')
}

const nowhere = (number: number, over: Partial<ResultRow> = {}): ResultRow => ({
  number, section: 'NONE', kind: null, arrivalIds: [`a${String(number)}`], legs: [], persons: 1, score: null, maximum: null, reason: 'ALL_TAKEN',
  nearest: null, company: null, state: 'OPEN', lostReason: null, lostDetail: null, decidedMinutesAgo: null, ...over,
})
const namesOf = (count: number) => ({
  parties: new Map(Array.from({ length: count }, (_, index) => [`a${String(index + 1)}`, { code: `C${String(index + 1)}`, nickname: 'Leopard', adults: 1, children: 0 }])),
  places: new Map(),
})
const pass = (gap: number, assigned: number) => ({ arrivals: 20, slots: 20, edges: 40, assigned, gap })
const hrefs = (html: string) => [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)

test('a part that does not fit the page leads to pages of its own, and each page to those before and after', () => {
  const pages = (part: 'NONE' | null, skip: number, shown: number) =>
    show(<PartPages section="NONE" shown={shown} count={3750} path="/r" asked={{ part, skip }} />)
  expect(hrefs(pages(null, 0, 50))).toEqual(['/r?part=NONE&from=1'])
  expect(pages('NONE', 200, 200)).toContain('201 to 400 of 3750')
  expect(hrefs(pages('NONE', 0, 200))).toEqual(['/r?part=NONE&from=201', '/r'])
  expect(hrefs(pages('NONE', 200, 200))).toEqual(['/r?part=NONE&from=1', '/r?part=NONE&from=401', '/r'])
  expect(hrefs(pages('NONE', 3600, 150))).toEqual(['/r?part=NONE&from=3401', '/r'])
  expect(hrefs(pages('NONE', 90_000, 0)), 'beyond the end it leads back').toEqual(['/r?part=NONE&from=3601', '/r'])
})

test('a round that was stopped before it began says so, and counts nobody', () => {
  const stopped = { state: 'STOPPED' as const, rooms: null, placed: 0, open: 0, held: 0, ended: 0, lost: 0, seconds: 4 }
  const unbegun = show(<Outcome round={{ ...stopped, persons: null }} />)
  expect(unbegun).toContain('stopped before it began')
  expect(unbegun).not.toContain('people get a place')
  expect(show(<Outcome round={{ ...stopped, persons: 7 }} />)).toContain('people get a place, of 7 who wait')
})

test('the printed result holds everybody, with why there is no place', () => {
  const rows = Array.from({ length: 2_300 }, (_, index) => nowhere(index + 1))
  const html = show(<ResultSheet rows={rows} names={namesOf(2_300)} counts={{ NONE: 2_300 }} stopped={false} />)
  expect(html.match(/<li/g)).toHaveLength(2_300)
  expect(html).toContain('C2300 Leopard')
  expect(html.match(/every room that fits went to others/g)).toHaveLength(2_300)
})

test('who lost a place is named with the reason, and how many more there are with the way to them', () => {
  const lost = [nowhere(1, { state: 'LOST', lostReason: 'MEMBER_ERASED' })]
  const html = show(
    <LostNotice roundId="r" lost={lost} count={41} names={namesOf(1)} rerun={act} formKey="k" look="primary" everything="/r?print=all" />)
  expect(html).toContain('C1 Leopard: somebody of the group asked')
  expect(html).toContain('And 40 more')
  expect(hrefs(html)).toContain('/r?print=all')
})

test('of a group the member is named whose place was lost, with whose group it is', () => {
  const lost = [nowhere(1, { kind: 'GROUP', arrivalIds: ['a1', 'a2'], state: 'LOST', lostReason: 'ARRIVAL_GONE', lostDetail: { arrivalId: 'a2' } })]
  const notice = show(
    <LostNotice roundId="r" lost={lost} count={1} names={namesOf(2)} rerun={act} formKey="k" look="primary" everything="/r?print=all" />)
  expect(notice).toContain('C2 Leopard, in the group of C1: These guests no longer need a place')
  expect(show(<ResultSheet rows={lost} names={namesOf(2)} counts={{ NONE: 1 }} stopped={false} />)).toContain('taken before: C2 Leopard, These guests')
})

test('a stopped round does not say that nothing would help, and one that went on to its end says it', () => {
  const row = nowhere(1, { reason: 'TOO_FEW_BEDS' })
  const sheet = (stopped: boolean) => show(<ResultSheet rows={[row]} names={namesOf(1)} counts={{ NONE: 1 }} stopped={stopped} />)
  expect(sheet(false)).toContain('No single change is enough')
  expect(sheet(true)).not.toContain('No single change is enough')
})

test('a promise that is over is said to be, in the numbers and in its row', () => {
  const html = show(<Outcome round={{ state: 'DONE', persons: 4, rooms: 2, placed: 2, open: 0, held: 1, ended: 1, lost: 0, seconds: 4 }} />)
  expect(html).toContain('1 / 2')
  expect(html).toContain('1 place that was promised is no longer in force')
  const row = nowhere(1, { kind: 'SINGLE', section: 'SINGLE', state: 'ENDED' })
  expect(show(<ResultSheet rows={[row]} names={namesOf(1)} counts={{ SINGLE: 1 }} stopped={false} />)).toContain('no longer in force')
})

test.each([
  ['stopped in its first pass, with what may be missing of that', false, [pass(0.25, 10)], 'up to 25.00 %'],
  ['stopped before anybody was placed in it', false, [pass(1, 0)], 'before anything was checked'],
  ['stopped before the first pass', false, [], 'before anything was checked'],
  ['stopped in a later pass: the first is proved all the same', false, [pass(0, 10), pass(1, 0)], 'further passes and improvements were not finished'],
  ['ended, with one pass', true, [pass(0, 10), pass(0, 0)], 'Proved by calculation'],
  ['ended, with two passes', true, [pass(0, 10), pass(0, 3), pass(0, 0)], 'found in 2 passes'],
  ['with groups alone', true, [], 'nothing to assign one by one'],
])('the proof of a round %s', (_name, complete, passes, words) => {
  const html = show(<Certificate certificate={{ gap: Math.max(0, ...passes.map(({ gap }) => gap)), complete, passes }} />)
  expect(html).toContain(words)
  expect(html.includes('further passes and improvements were not finished')).toBe(!complete && passes.some(({ gap, assigned }) => gap === 0 && assigned > 0))
})

test('a round decides by its own town unless told otherwise, and every town can be chosen', () => {
  const cities = CITIES.slice(0, 20).map(({ id }) => ({ cityId: id, waiting: 0, rooms: 0, policy: { name: 'default', version: 1 } }))
  const html = show(<StartForm action={act} formKey="k" cities={cities} />)
  expect(html).toMatch(/<option value="OWN" selected/)
  expect(html.match(/name="cities\[\]"/g)).toHaveLength(20)
  expect(html).toContain('More cities: 8')
})
