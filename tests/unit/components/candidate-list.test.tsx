import { NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CandidateList } from '@/components/placements/candidate-list'
import { FallenOut } from '@/components/placements/fallen-out'
import { MustHaves } from '@/components/placements/reasons'
import messages from '@/lib/i18n/messages/ru/coordinate.json'
import ui from '@/lib/i18n/messages/ru/ui.json'
import { rankCandidates } from '@/lib/matching/candidates'
import { listMustHaves } from '@/lib/matching/must-haves'
import { DEFAULT_POLICY as policy } from '@/lib/matching/policy'
import { findSeveralRooms } from '@/lib/matching/several-rooms'
import { need, room, run } from '../matching/build'

function show(element: ReactNode): string {
  return renderToString(
    <NextIntlClientProvider locale="ru" timeZone="Asia/Almaty" messages={{ coordinate: messages, ui }}>{element}</NextIntlClientProvider>,
  ).replaceAll('<!-- -->', '')
}

function listed(backup: boolean): string {
  const rooms = [room({ id: 'one' }), room({ id: 'two', free: [run('10-10', '10-31')] })]
  const asked = need({ flexibleNights: 1 })
  const { candidates, shifted, fitting } = rankCandidates({ rooms, need: asked, policy })
  const several = findSeveralRooms({ rooms: ['a', 'b'].map((id) => room({ id })), need: need({ adults: 4 }), limit: 1 })
  return show(
    <CandidateList
      candidates={candidates} shifted={shifted} several={several.map((plan) => ({ ...plan, nights: asked.nights }))}
      names={new Map()} found={fitting} more={null} backup={backup}
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
