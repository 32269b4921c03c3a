import 'server-only'
import { createHmac, randomBytes } from 'node:crypto'
import { headers } from 'next/headers'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { env } from '@/lib/config/env'
import { AppError } from '@/lib/errors'

const HOUR_MS = 3_600_000
let key = randomBytes(32)
let keyMadeAt = Date.now()

const LIMITS = {
  /** Requests for shelter: a station shares one network, so it is wide. */
  request: new RateLimiterMemory({ points: 120, duration: 60 }),
  /** Wrong secrets, tickets and codes: only failures count, a station's network brings many who are right. */
  guess: new RateLimiterMemory({ points: 20, duration: 60 }),
  /** Mails asked for. */
  mail: new RateLimiterMemory({ points: 30, duration: 600 }),
  /** Everything a signed-in person or a guest does. */
  act: new RateLimiterMemory({ points: 600, duration: 60 }),
  /** Everything under one token or secret on the API: a program works faster than a hand. */
  program: new RateLimiterMemory({ points: 6_000, duration: 60 }),
} as const
export type LimitName = keyof typeof LIMITS

const GROUPS = 8
const GROUPS_OF_NETWORK = 4
const IPV4_IN_IPV6 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

function groupsOf(part: string): string[] {
  return part.split(':').filter((group) => group !== '').map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
}

/**
 * The network an address belongs to: an IPv6 address without its last 64 bits, which one caller may choose freely; an
 * IPv4 address as it is, also when written as IPv6.
 */
export function networkOf(address: string): string {
  const plain = IPV4_IN_IPV6.exec(address)?.[1] ?? address
  if (!plain.includes(':')) return plain
  // `::` stands once, for as many zeros as are missing
  const [head = '', tail = ''] = plain.split('::', 2)
  const [before, after] = [groupsOf(head), groupsOf(tail)]
  const zeros = Array.from({ length: Math.max(0, GROUPS - before.length - after.length) }, () => '0')
  return [...before, ...zeros, ...after].slice(0, GROUPS_OF_NETWORK).join(':')
}

// The network is known only as a hash under a key that lives an hour in memory: nothing to store, nothing to leak.
function networkKey(address: string): string {
  if (Date.now() - keyMadeAt > HOUR_MS) {
    key = randomBytes(32)
    keyMadeAt = Date.now()
  }
  return createHmac('sha256', key).update(networkOf(address)).digest('base64url')
}

/** Where a request came from, as far as its headers may be believed. */
export function callerAddress(sent: Pick<Headers, 'get'>): string {
  const forwarded = sent.get('x-forwarded-for')?.split(',') ?? []
  // behind our own proxy its last entry is true; without one `scripts/own-address.mjs` drops what the caller says and
  // Next itself writes the socket's address
  return (env.TRUST_PROXY === '1' ? forwarded.at(-1) : forwarded.at(0))?.trim() ?? 'unknown'
}

function blockedFor(milliseconds: number): AppError {
  return new AppError('RATE_LIMITED', String(Math.ceil(milliseconds / 1000)))
}

/** Stops a network that has failed too often; counts nothing. @throws AppError RATE_LIMITED with the seconds to wait. */
export async function requireTries(limit: LimitName): Promise<void> {
  const limiter = LIMITS[limit]
  const past = await limiter.get(networkKey(callerAddress(await headers())))
  if (past !== null && past.consumedPoints >= limiter.points) throw blockedFor(past.msBeforeNext)
}

/** Counts one try of the caller's network, or of a given subject: an address, or anything without a colon. @throws AppError RATE_LIMITED with the seconds to wait. */
export async function countTry(limit: LimitName, subject?: string): Promise<void> {
  try {
    await LIMITS[limit].consume(networkKey(subject ?? callerAddress(await headers())))
  } catch (blocked) {
    throw blockedFor((blocked as { msBeforeNext?: number }).msBeforeNext ?? 60_000)
  }
}
