import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seal, unseal } from '@/lib/privacy/seal'
import { blindIndex, hashSecret, newSignInDigits, newSpokenCode, newToken, readTicket, ticketFor } from '@/lib/privacy/secret'
import { MOVES } from '@/lib/placements/rules'
import { testDatabase } from '../setup/test-database'

const here = { field: 'home.address', rowId: randomUUID() }

describe('a sealed value', () => {
  it('opens to what was sealed, in its own place', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      expect(unseal(seal(text, here), here)).toBe(text)
    }), { numRuns: 50 })
  })

  it('does not open in another row, another column, or with a bit changed', () => {
    const sealed = seal('Абая 10', here)
    expect(() => unseal(sealed, { ...here, rowId: randomUUID() })).toThrow()
    expect(() => unseal(sealed, { ...here, field: 'home.entrance' })).toThrow()
    const at = sealed.length - 6
    const flipped = sealed.slice(0, at) + (sealed.charAt(at) === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
    expect(() => unseal(flipped, here)).toThrow()
  })

  it('is never the same twice and shows nothing of the text', () => {
    const many = Array.from({ length: 200 }, () => seal('Абая 10', here))
    expect(new Set(many).size).toBe(200)
    expect(many.join('')).not.toContain(Buffer.from('Абая 10').toString('base64url'))
  })
})

describe('a ticket', () => {
  it('reads back to its placement and side', () => {
    const id = randomUUID()
    expect(readTicket(ticketFor(id, 'HOST'))).toEqual({ placementId: id, side: 'HOST' })
    expect(readTicket(ticketFor(id, 'GUEST'))).toEqual({ placementId: id, side: 'GUEST' })
  })

  it('is refused with any one bit changed', () => {
    const bytes = Buffer.from(ticketFor(randomUUID(), 'HOST'), 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(readTicket(changed.toString('base64url'))).toBeNull()
    }
  })

  it('is refused when it is anything else', () => {
    fc.assert(fc.property(fc.string(), (text) => { expect(readTicket(text)).toBeNull() }))
  })
})

it('makes secrets of the promised shape, each its own', () => {
  const tokens = Array.from({ length: 500 }, newToken)
  expect(new Set(tokens).size).toBe(500)
  expect(tokens.every((token) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(token))).toBe(true)
  expect(newSpokenCode()).toMatch(/^[0-9A-Z]{2}-[0-9A-Z]{3}$/)
  expect(newSignInDigits()).toMatch(/^\d{6}$/)
})

it('keeps hashes of one secret apart by purpose, and equal contacts equal', () => {
  expect(hashSecret('stay', 'x')).not.toBe(hashSecret('session', 'x'))
  expect(blindIndex('phone', '+77011234567')).toBe(blindIndex('phone', '+77011234567'))
  expect(blindIndex('phone', '+77011234567')).not.toBe(blindIndex('email', '+77011234567'))
})

it('knows the same moves on screen as in the database', async () => {
  const { rows } = await testDatabase()
  const legal = await rows('select from_state, to_state from legal_move where from_state is not null order by 1, 2')
  const shown = Object.entries(MOVES).flatMap(([from, tos]) => tos.map((to) => `${from} ${to}`))
  expect(shown.sort()).toEqual(legal.map((row) => `${String(row['from_state'])} ${String(row['to_state'])}`).sort())
})
