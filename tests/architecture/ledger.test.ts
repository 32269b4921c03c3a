import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { AUDIT_EVENTS } from '@/lib/audit/schema'
import { listCode, listFiles, parse, read, walk } from './tree'

const EVENT_NAME = /^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/
const LEDGER = '(placement|plan|hold|yes)'
const WRITES_LEDGER = new RegExp(`(insert\\s+into|delete\\s+from)\\s+${LEDGER}\\b|update\\s+${LEDGER}\\s+(\\w+\\s+)?set\\b`, 'i')
const LIVE_STATES = ['PROPOSED', 'CONFIRMED', 'ARRIVED']

const migrations = listFiles('prisma/migrations').filter((path) => path.endsWith('.sql')).map(read).join('\n')

interface SqlFunction { name: string; body: string }

/** Functions of the migrations, the newest text of each, comments cut out. */
function sqlFunctions(): SqlFunction[] {
  const text = migrations.replaceAll(/--.*$/gm, '')
  const found = text.matchAll(/create\s+(?:or\s+replace\s+)?function\s+(?:public\.)?(\w+)\s*\([\s\S]*?as\s+(\$\w*\$)([\s\S]*?)\2/gi)
  return [...new Map(Array.from(found, (match) => [match[1] ?? '', match[3] ?? ''])).entries()].map(([name, body]) => ({ name, body }))
}

function endStates(): string[] {
  const states = /create type placement_state as enum\s*\(([^)]*)\)/i.exec(migrations)?.[1] ?? ''
  return Array.from(states.matchAll(/'(\w+)'/g), (match) => match[1] ?? '').filter((state) => !LIVE_STATES.includes(state))
}

/** Event names the SQL appends; `'placement.' || lower(state)` stands for one name per end state. */
function eventsInSql(sql: string): string[] {
  return Array.from(sql.matchAll(/(?:(?:perform|select)\s+add_audits?\(|insert\s+into\s+audit_event\s)([^;]*);/gi), (match) => match[1] ?? '').flatMap((call) => {
    const literals = Array.from(call.matchAll(/'([a-z-]+\.[a-z-]*)'/g), (match) => match[1] ?? '')
    return literals.flatMap((name) => (name.endsWith('.') ? endStates().map((state) => name + state.toLowerCase().replaceAll('_', '-')) : [name]))
  })
}

/** Event names handed to whatever a file imports from the audit. */
function eventsInCode(path: string): string[] {
  const source = parse(path)
  if (!source.text.includes("audit/commands'")) return []
  const strings = walk(source).filter(ts.isCallExpression).filter((call) => /^(record|append|add)\w*(Event|Audit)$/.test(call.expression.getText(source)))
    .flatMap((call) => walk(call)).filter(ts.isStringLiteral)
  return strings.map(({ text }) => text).filter((text) => EVENT_NAME.test(text))
}

describe('the audit', () => {
  const registered = new Set<string>(Object.keys(AUDIT_EVENTS))

  test('the migrations name events, so the reading below reads something', () => {
    expect(eventsInSql(migrations)).toContain('plan.proposed')
    expect(endStates()).toContain('DEPARTED')
  })

  test('every event the database appends has a retention class', () => {
    expect(eventsInSql(migrations).filter((name) => !registered.has(name))).toEqual([])
  })

  test('every event the commands append has a retention class', () => {
    const used = listCode('lib').flatMap((path) => eventsInCode(path).map((name) => ({ path, name })))
    expect(used.filter(({ name }) => !registered.has(name))).toEqual([])
  })

  test('event names are a thing and what befell it', () => {
    expect([...registered].filter((name) => !EVENT_NAME.test(name))).toEqual([])
  })
})

describe('the writers of plans, placements, holds and yeses', () => {
  const writers = sqlFunctions().filter(({ body }) => WRITES_LEDGER.test(body)).map(({ name }) => name)

  test('are functions of the database', () => {
    expect(writers).toEqual(expect.arrayContaining(['write_plans', 'say_yes']))
  })

  test('are called from lib/placements/commands alone', () => {
    const call = new RegExp(`\\b(${writers.join('|')})\\s*\\(`)
    const callers = listCode('app', 'components', 'lib').filter((path) => call.test(read(path)))
    expect(callers.filter((path) => !/^lib\/placements\/commands(\.ts$|\/)/.test(path))).toEqual([])
  })
})
