import { NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it, test } from 'vitest'
import { LastCheck } from '@/components/insights/last-check'
import { SoakFacts } from '@/components/insights/soak-facts'
import { StatementList } from '@/components/insights/statement-list'
import proof from '@/lib/i18n/messages/en/proof.json'

const NOW = new Date('2026-11-27T12:00:00Z')
const ALL = Array.from({ length: 12 }, (_, index) => ({ id: `I${String(index + 1)}`, violations: 0 }))

function draw(children: ReactNode): string {
  const html = renderToString(<NextIntlClientProvider locale="en" timeZone="Asia/Almaty" messages={{ proof }}>{children}</NextIntlClientProvider>)
  return html.replaceAll('<!-- -->', '')
}

const check = (over: object = {}) => ({ at: new Date(NOW.getTime() - 120_000), seconds: 0.42, late: false, results: ALL, ...over })
const last = (over: object = {}, stoppedSince: Date | null = null) =>
  draw(<LastCheck check={check(over)} stoppedSince={stoppedSince} now={NOW} timeZone="Asia/Almaty" />)

describe('the last check', () => {
  it('says that everything holds, when that was asked and how long it took', () => {
    const html = last()
    expect(html).toContain(proof.check.holds)
    expect(html).toContain('2 minutes ago')
    expect(html).toContain('it took 0.4 s')
    expect(html).not.toContain(proof.check.late)
  })

  it('says how many are violated and since when nothing new is promised', () => {
    const html = last({ results: [{ id: 'I3', violations: 2 }, { id: 'I1', violations: 0 }] }, new Date('2026-11-27T09:30:00Z'))
    expect(html).toContain('1 statement is violated')
    expect(html).toContain('Nothing new is promised since 14:30')
    expect(html).not.toContain(proof.check.holds)
  })

  it('says loudly that it is old', () => {
    expect(last({ late: true })).toContain(proof.check.late)
  })
})

describe('the statements', () => {
  it('have words and an answer each', () => {
    const html = draw(<StatementList results={ALL} />)
    for (const { id } of ALL) expect(html).toContain(proof.statements[id as 'I1'])
    expect(html.split(`>${proof.statements.holds}</span>`)).toHaveLength(13)
  })

  it('say which one is violated, and never that one holds which nobody asked', () => {
    const html = draw(<StatementList results={[{ id: 'I4', violations: 3 }]} />)
    expect(html).toContain('violated: 3 rows')
    expect(html.split(proof.statements.unknown)).toHaveLength(12)
    expect(html).not.toContain(`>${proof.statements.holds}</span>`)
  })
})

describe('the soak', () => {
  test.each([
    [{ date: '2026-11-23' }, ['November 23, 2026'], ['<dd class="text-xl', proof.soak.lost, proof.soak.kills]],
    [{ date: '2026-11-23', lost: 0, commands: { operations: 1_000_000 }, http: { operations: 50_000 } }, ['1,050,000', proof.soak.lost], [proof.soak.duplicated]],
    [{ date: '2026-11-23', naive: { operations: 40_000, violations: 557 } }, ['557 violations in 40,000'], [proof.soak.lost]],
  ])('shows what was run and nothing that was not: %j', (soak, shown, hidden) => {
    const html = draw(<SoakFacts soak={soak} />)
    for (const words of shown) expect(html).toContain(words)
    for (const words of hidden) expect(html).not.toContain(words)
  })
})
