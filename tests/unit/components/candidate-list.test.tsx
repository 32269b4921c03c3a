import { NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CandidateList } from '@/components/placements/candidate-list'
import { ForAllNotice } from '@/components/placements/for-all'
import { FallenOut } from '@/components/placements/fallen-out'
import type { Ready } from '@/components/placements/ready'
import { MustHaves } from '@/components/placements/reasons'
import messages from '@/lib/i18n/messages/ru/coordinate.json'
import ui from '@/lib/i18n/messages/ru/ui.json'
import { rankCandidates } from '@/lib/matching/candidates'
import { listMustHaves } from '@/lib/matching/must-haves'
import { DEFAULT_POLICY as policy } from '@/lib/matching/policy'
import { compare, openPriceBook } from '@/lib/matching/shadow'
import { findSeveralRooms } from '@/lib/matching/several-rooms'
import { need, room, run } from '../matching/build'

function show(element: ReactNode): string {
  return renderToString(
    <NextIntlClientProvider locale="ru" timeZone="Asia/Almaty" messages={{ coordinate: messages, ui }}>{element}</NextIntlClientProvider>,
  ).replaceAll('<!-- -->', '')
}

function listed(backup: boolean, mark: Ready['mark'] | null = null): string {
  const rooms = [room({ id: 'one' }), room({ id: 'two', free: [run('10-10', '10-31')] })]
  const asked = need({ flexibleNights: 1 })
  const { candidates, shifted, fitting } = rankCandidates({ rooms, need: asked, policy })
  const [found] = shifted
  const ready = mark && found ? { candidate: found, place: 1, mark, when: '2 минуты назад', slow: true } : null
  const several = findSeveralRooms({ rooms: ['a', 'b'].map((id) => room({ id })), need: need({ adults: 4 }), limit: 1 })
  return show(
    <CandidateList
      candidates={candidates} shifted={shifted} several={several.map((plan) => ({ ...plan, nights: asked.nights }))}
      names={new Map()} found={fitting} more={null} forAll={null} ready={ready} backup={backup}
    />,
  )
}

test('every room that is found can be proposed', () => {
  expect(listed(false).match(/name="choice"/g)).toHaveLength(3)
})

test('while an answer is awaited the same rooms are seen with their reasons, and none can be held', () => {
  const html = listed(true)
  expect(html).toContain('Запасные комнаты')
  expect(html).toContain('Пожелания и баллы')
  expect(html).not.toContain('<button')
})

test.each([
  ['BEST_FOR_ALL', 'Лучшее для всех, кто ждёт отдельную комнату', 'лучшее для всех<'],
  ['BEST_ALONE', 'Лучшее для этих гостей, но не для всех', 'лучшее для этих гостей<'],
] as const)('the place that stands ready is said first and marked on its card alone, with when it was worked out: %s', (mark, words, badge) => {
  const html = listed(false, mark)
  expect(html.indexOf(words)).toBeGreaterThan(-1)
  expect(html.indexOf(words)).toBeLessThan(html.indexOf('name="choice"'))
  // whom the mark weighs: a group that waits is not among them
  expect(html).toContain('Группы размещает подбор.')
  expect(html).toContain('2 минуты назад')
  expect(html).toContain('раз в несколько минут')
  expect(html.split(badge)).toHaveLength(2)
  expect(listed(false)).not.toContain(words)
})

test('a ready place below what is shown is shown with the rest', () => {
  const rooms = ['one', 'two'].map((id) => room({ id }))
  const { candidates } = rankCandidates({ rooms, need: need(), policy })
  const [first, second] = candidates
  if (!first || !second) throw new Error('both fit')
  const html = show(
    <CandidateList
      candidates={[first]} shifted={[]} several={[]} found={2} more={null} forAll={null} backup={false} names={new Map()}
      ready={{ candidate: second, place: 2, mark: 'BEST_FOR_ALL', when: 'сейчас', slow: false }}
    />,
  )
  expect(html.match(/name="choice"/g)).toHaveLength(2)
})

test('the rooms that fell out are counted beside those that fit', () => {
  const rooms = [room({ id: 'one' }), room({ id: 'two', beds: 1 }), room({ id: 'three', homeToVisit: true })]
  const html = show(<FallenOut counts={{ rooms: 3, ...rankCandidates({ rooms, need: need(), policy }) }} />)
  expect(html).toContain('из этой заявки: 3, подходит: 1')
  expect(html).toContain('1 комната: дом ещё не осмотрели')
})

test.each([
  ['before', run('10-01', '10-08'), 'гости 1 октября – 8 октября, отдых 3 ночи'],
  ['after', run('10-13', '10-20'), 'гости 13 октября – 20 октября, отдых 3 ночи'],
])('a host who needs rest says which guests are too near: %s', (_name, stay, words) => {
  const mustHaves = listMustHaves(room({ hostStays: [stay], restNights: 3 }), need())
  expect(show(<MustHaves mustHaves={mustHaves} />)).toContain(words)
})

test('both ranks stand beside each other, with what the difference costs whom', () => {
  const rooms = [room({ id: 'best', quiet: true }), room({ id: 'cheap', languages: [] })]
  const asked = need({ quietWished: true, hoursUntilFirstEvening: 400 })
  const { candidates } = rankCandidates({ rooms, need: asked, policy })
  const book = openPriceBook(rooms.map((one) => ({ room: one, price: one.id === 'best' ? 600 : 0 })))
  const comparison = compare(candidates, book, asked)
  if (comparison === null) throw new Error('there are rooms')
  const html = show(
    <CandidateList
      candidates={candidates.slice(0, 1)} shifted={[]} several={[]} found={2} more={null} ready={null} backup={false}
      names={new Map([['best', { name: 'Тихая', kind: 'FLAT', homeCode: 'AAAA' }], ['cheap', { name: 'Проходная', kind: 'FLAT', homeCode: 'BBBB' }]])}
      forAll={{ comparison, ranks: new Map([['best', { place: 2, price: comparison.alone.price }], ['cheap', { place: 1, price: 0 }]]),
        beyond: candidates.slice(1).map((candidate) => ({ candidate, place: 2 })) }}
    />,
  )
  expect(html).toContain('Лучше всего для этих гостей: Тихая')
  expect(html).toContain('Лучше всего для всех, кто ждёт: Проходная')
  expect(html).toContain(`эти гости уступят ${String(comparison.personLoses)} балл`)
  expect(html).toContain('для всех: 2-е место')
  expect(html.match(/name="choice"/g)).toHaveLength(2)
})

test('where one room is best for both, that is said and nothing else', () => {
  const [only] = rankCandidates({ rooms: [room()], need: need(), policy }).candidates
  const comparison = only && compare([only], openPriceBook([{ room: only.room, price: 0 }]), need())
  if (!comparison) throw new Error('there is a room')
  expect(show(<ForAllNotice comparison={comparison} names={new Map()} />)).toContain('лучшая и для этих гостей, и для всех')
})
