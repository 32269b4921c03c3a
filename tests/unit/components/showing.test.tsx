import { renderToString } from 'react-dom/server'
import { describe, expect, it, test } from 'vitest'
import { PointsBar } from '@/components/ui/points-bar'
import { ProgressSteps } from '@/components/ui/progress-steps'
import { Qr } from '@/components/ui/qr'
import { Table } from '@/components/ui/table'
import { formatClock, formatDay, formatRelative } from '@/components/ui/time-words'

const NOW = new Date('2022-10-05T12:00:00Z')
const after = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

describe('time in words', () => {
  test.each([
    [-4, 'ru', '4 минуты назад'],
    [120, 'ru', 'через 2 часа'],
    [89, 'en', 'in 89 minutes'],
    [90, 'en', 'in 2 hours'],
    [-4, 'kk', '4 минут бұрын'],
    [2880, 'en', 'in 2 days'],
  ])('%i minutes away in %s', (minutes, locale, words) => {
    expect(formatRelative({ at: after(minutes), now: NOW, locale })).toBe(words)
  })

  it("tells the clock of the city and adds the day when it is not the city's today", () => {
    const zone = { now: NOW, locale: 'ru', timeZone: 'Asia/Oral' }
    expect(formatClock({ at: NOW, ...zone })).toBe('17:00')
    expect(formatClock({ at: after(12 * 60), ...zone })).toContain('6 октября')
  })

  it('keeps a day the same day, whatever the zone of the machine', () => {
    expect(formatDay({ day: '2022-10-05', locale: 'ru', style: 'plain' })).toBe('5 октября')
    expect(formatDay({ day: '2022-10-05', locale: 'kk', style: 'weekday' })).toContain('5 қазан')
  })
})

it('draws a code that is named, dark on white, with nothing from elsewhere', () => {
  const html = renderToString(<Qr text="https://example.org/ru/stay/x" label="Code with your link" />)
  expect(html).toContain('aria-label="Code with your link"')
  expect(html).toContain('fill="#000"')
  expect(html).not.toContain('href')
})

it('marks one current step and says every state in words', () => {
  const html = renderToString(
    <ProgressSteps
      label="Way"
      words={{ done: 'done', current: 'now', ahead: 'ahead' }}
      steps={[
        { key: 'a', label: 'Received', state: 'done' },
        { key: 'b', label: 'Looking', state: 'current' },
        { key: 'c', label: 'Offered', state: 'ahead' },
      ]}
    />,
  )
  expect(html.match(/aria-current="step"/g)).toHaveLength(1)
  for (const word of ['done', 'now', 'ahead']) expect(html.replaceAll('<!-- -->', '')).toContain(`(${word})`)
})

it('gives a table a name, headers and a region the keyboard can scroll', () => {
  const html = renderToString(
    <Table
      caption="Queue"
      rows={['K7']}
      rowKey={(row) => row}
      columns={[{ key: 'code', head: 'Code', heading: true, cell: (row) => row }]}
    />,
  )
  expect(html).toContain('role="region" aria-label="Queue" tabindex="0"')
  expect(html).toContain('scope="col"')
  expect(html).toContain('scope="row"')
})

test.each([
  [5, 10, '50%'],
  [0, 0, '0%'],
  [12, 10, '100%'],
])('%i points of %i fill %s of the bar', (points, max, width) => {
  expect(renderToString(<PointsBar name="Language" points={points} max={max} />)).toContain(`width:${width}`)
})
