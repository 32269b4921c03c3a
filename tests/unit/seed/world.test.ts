import { describe, expect, it, test } from 'vitest'
import { effectiveNights } from '@/lib/arrivals/rules/nights'
import { readSecret } from '@/lib/arrivals/rules/secret'
import { rankCandidates } from '@/lib/matching/candidates'
import { DEFAULT_POLICY } from '@/lib/matching/policy'
import { frozenReasonsSchema } from '@/lib/matching/reasons'
import { findSeveralRooms } from '@/lib/matching/several-rooms'
import { isLive } from '@/lib/placements/rules'
import { PLACEMENT_STATES } from '@/lib/placements/schema'
import { dayInZone } from '@/lib/time/day'
import { covers, nightsFrom, overlaps, subtractRuns } from '@/lib/time/nights'
import type { SeedArrival } from '@/prisma/seed/builders'
import { CITY_IDS } from '@/prisma/seed/cities'
import { SCENARIO_SIZE } from '@/prisma/seed/scenario'
import { needOf, offerOf } from '@/prisma/seed/stays'
import { STORY_TOKENS } from '@/prisma/seed/story-tokens'
import { buildWorld, DEMO_SIZE, type World } from '@/prisma/seed/world'

const ZONES: Record<string, string> = { bishkek: 'Asia/Bishkek' }

function momentAt(now: string) {
  const instant = new Date(now)
  return { now: instant, today: Object.fromEntries(CITY_IDS.map((id) => [id, dayInZone(instant, ZONES[id] ?? 'Asia/Almaty')])) }
}
const EVENING = momentAt('2022-10-09T13:20:00Z')
const demo = (seed = 2022, moment = EVENING) => buildWorld({ moment, seed, ...DEMO_SIZE, told: true })
const count = (list: readonly string[]) => Object.fromEntries([...new Set(list)].map((one) => [one, list.filter((x) => x === one).length]))

/** A room is free tonight and could be proposed. */
function freeTonight({ hosts, plans }: World, cityId: string) {
  const tonight = nightsFrom(EVENING.today[cityId]!, 1)
  const held = new Set(plans.filter(({ state, nights }) => isLive(state) && overlaps(nights, tonight)).flatMap(({ legs }) => legs.map(({ room }) => room.id)))
  return hosts.filter(({ state, paused, home }) => state === 'VETTED' && !paused && home.cityId === cityId).flatMap(({ rooms }) => rooms)
    .filter((room) => room.openings.some((run) => covers(run, tonight)) && !held.has(room.id))
}

/** Every room as the matcher sees it now, before the evening. */
function offersOf({ hosts, plans }: World) {
  const live = plans.filter(({ state }) => isLive(state))
  return hosts.flatMap((host) => host.rooms.map((room) => {
    const held = live.filter(({ legs }) => legs.some((leg) => leg.room.id === room.id)).map(({ nights }) => nights)
    return { ...offerOf({ host, room }, subtractRuns(room.openings, held)), hostPaused: host.paused }
  }))
}

function needTonight(arrival: SeedArrival) {
  return needOf(arrival, effectiveNights(arrival, EVENING.today[arrival.cityId]!))
}

describe('the demo', () => {
  const world = demo()

  it('is the same world for the same seed, and another one for another', () => {
    expect(demo()).toEqual(world)
    expect(demo(2023).arrivals.map(({ code }) => code)).not.toEqual(world.arrivals.map(({ code }) => code))
  })

  it('has 65 hosts, 161 rooms and 121 arrivals in five cities', () => {
    expect([world.hosts.length, world.hosts.flatMap(({ rooms }) => rooms).length, world.arrivals.length]).toEqual([65, 161, 121])
    expect(Object.keys(count(world.arrivals.map(({ cityId }) => cityId))).sort()).toEqual([...CITY_IDS].sort())
  })

  it('has somebody in every state', () => {
    expect(Object.keys(count(world.plans.map(({ state }) => state))).sort()).toEqual([...PLACEMENT_STATES].sort())
    expect(Object.keys(count(world.arrivals.map(({ state }) => state))).sort()).toEqual(['CLOSED', 'OFFERED', 'OPEN', 'PLACED', 'WITHDRAWN'])
    expect(Object.keys(count(world.hosts.map(({ state }) => state))).sort()).toEqual(['APPLIED', 'BLOCKED', 'VETTED', 'VISITED'])
    expect(world.hosts.some(({ paused }) => paused)).toBe(true)
    expect(world.arrivals.some(({ brokenPlacement }) => brokenPlacement)).toBe(true)
  })

  test.each(CITY_IDS)('somebody waits in %s and rooms are free tonight', (cityId) => {
    expect(freeTonight(world, cityId).length).toBeGreaterThanOrEqual(3)
    expect(world.arrivals.filter((one) => one.cityId === cityId && one.state === 'OPEN').length).toBeGreaterThanOrEqual(1)
  })

  it('has the people of the story', () => {
    const persons = (ids: readonly string[]) => world.arrivals.filter(({ id }) => ids.includes(id))
      .reduce((sum, { adults, childrenAges }) => sum + adults + childrenAges.length, 0)
    const flat = world.hosts.find(({ firstName }) => firstName === 'Сауле')!
    const ofFlat = world.plans.filter(({ host, state }) => host.id === flat.id && (state === 'DEPARTED' || state === 'ARRIVED'))
    expect(persons(ofFlat.map(({ arrival }) => arrival.id))).toBe(26)
    expect(world.plans.filter(({ host, state }) => host.id === flat.id && state === 'PROPOSED')).toHaveLength(1)
    expect(persons(world.groups[0]!.memberIds)).toBe(16)
    expect(world.hosts.filter(({ rooms }) => rooms.length === 14 && rooms.every((room) => room.sharedHall && room.sleeps === 1))).toHaveLength(1)
    expect(world.arrivals.filter(({ growth }) => growth?.persons === 2)).toHaveLength(1)
    expect(world.arrivals.filter(({ onwardPlan }) => onwardPlan === 'Дальше в Турцию')).toHaveLength(1)
    expect(SCENARIO_SIZE.arrivals).toBeLessThan(DEMO_SIZE.arrivals)
  })

  it('has five who need two rooms of one home, and such a home', () => {
    const waiting = world.arrivals.filter(({ cityId, state, adults, childrenAges }) => cityId === 'almaty' && state === 'OPEN' && adults + childrenAges.length === 5)
    expect(waiting.length).toBeGreaterThanOrEqual(1)
    const free = freeTonight(world, 'almaty')
    expect(free.every(({ sleeps }) => sleeps < 5)).toBe(true)
    const homes = world.hosts.map(({ rooms }) => rooms.filter((room) => free.includes(room)).reduce((sum, { sleeps }) => sum + sleeps, 0))
    expect(homes.some((beds) => beds >= 5)).toBe(true)
  })

  test.each(CITY_IDS)('the job can be done in %s: the matcher finds rooms for somebody who waits', (cityId) => {
    const rooms = offersOf(world)
    const waiting = world.arrivals.filter((one) => one.cityId === cityId && one.state === 'OPEN')
    const lucky = waiting.filter((arrival) => rankCandidates({ rooms, need: needTonight(arrival), policy: DEFAULT_POLICY }).fitting > 0)
    expect(lucky.length).toBeGreaterThanOrEqual(1)
  })

  it('the five get no single room and two of one home', () => {
    const family = world.arrivals.find(({ nickname, state }) => nickname === 'Золотой сайгак' && state === 'OPEN')!
    const rooms = offersOf(world)
    const need = needTonight(family)
    expect(rankCandidates({ rooms, need, policy: DEFAULT_POLICY }).fitting).toBe(0)
    expect(findSeveralRooms({ rooms, need, limit: 3 }).length).toBeGreaterThanOrEqual(1)
  })

  it('has proposals that wait for a second pair of eyes only', () => {
    const waiting = world.plans.filter(({ state, needsSecond, times }) => state === 'PROPOSED' && needsSecond && times.hostYes && times.guestYes)
    expect(waiting.length).toBeGreaterThanOrEqual(2)
  })

  it('has secrets in the story that a stay page can read', () => {
    const tokens = Object.values(STORY_TOKENS)
    expect(tokens.map(readSecret)).toEqual(tokens)
    expect(tokens.every((token) => world.arrivals.some((arrival) => arrival.token === token))).toBe(true)
  })
})

const MOMENTS = ['2022-10-09T00:05:00Z', '2022-10-09T06:30:00Z', '2022-10-09T13:20:00Z', '2022-10-09T18:58:00Z', '2022-10-09T19:01:00Z']
const WORLDS = MOMENTS.flatMap((now) => [1, 2, 3, 2022].map((seed) => [now, seed] as const))

describe.each(WORLDS)('a world told at %s with seed %i', (now, seed) => {
  const moment = momentAt(now)
  const world = demo(seed, moment)

  it('promises each night of a room once, inside its openings and within its beds', () => {
    const stays = world.plans.filter(({ state }) => isLive(state) || state === 'DEPARTED')
      .flatMap(({ legs, nights }) => legs.map(({ room, adults, childrenAges }) => ({ room, nights, guests: adults + childrenAges.length })))
    stays.forEach((one, index) => {
      const rivals = stays.slice(index + 1).filter((other) => other.room === one.room && overlaps(one.nights, other.nights))
      expect(rivals).toEqual([])
      expect(one.room.openings.some((run) => covers(run, one.nights))).toBe(true)
      expect(one.guests).toBeLessThanOrEqual(one.room.sleeps)
    })
  })

  it('tells everything in order, and nothing of tomorrow', () => {
    for (const { times, arrival } of world.plans) {
      const { proposed, hostYes, guestYes, second, confirmed, arrived, ended } = times
      const steps = [proposed, guestYes, second, confirmed, arrived, ended].filter((one) => one !== null)
      expect(steps.map(Number)).toEqual(steps.map(Number).sort((one, other) => one - other))
      expect([...steps, hostYes ?? proposed].every((one) => one < moment.now)).toBe(true)
      const asked = world.arrivals.find(({ id }) => id === arrival.id)!
      expect(asked.createdAt < proposed).toBe(true)
    }
    expect(world.arrivals.every(({ createdAt, closedAt }) => createdAt < moment.now && (closedAt === null || closedAt < moment.now))).toBe(true)
  })

  it('leaves every open proposal hours to be answered', () => {
    const open = world.plans.filter(({ state }) => state === 'PROPOSED')
    const hours = open.map(({ times }) => (times.deadline.getTime() - moment.now.getTime()) / 3_600_000)
    expect(Math.min(...hours)).toBeGreaterThanOrEqual(2)
    expect(Math.max(...hours)).toBeLessThanOrEqual(20)
  })

  it('gives every stay reasons that hold', () => {
    for (const { legs } of world.plans) {
      for (const { reasons } of legs) {
        expect(frozenReasonsSchema.parse(reasons)).toEqual(reasons)
        expect(reasons.mustHaves.filter(({ met }) => !met)).toEqual([])
      }
    }
  })

  it('gives nobody another one’s code', () => {
    expect(new Set(world.arrivals.map(({ code }) => code)).size).toBe(world.arrivals.length)
  })
})

test('a big world keeps the proportions: mostly one man alone, most for days, some for months', () => {
  const { arrivals, hosts } = buildWorld({ moment: EVENING, seed: 5, arrivals: 3_000, rooms: 1_500, told: true })
  const share = (list: readonly unknown[]) => list.length / arrivals.length
  expect([arrivals.length, hosts.flatMap(({ rooms }) => rooms).length]).toEqual([3_000, 1_500])
  expect(share(arrivals.filter(({ adults, childrenAges }) => adults + childrenAges.length === 1))).toBeGreaterThan(0.55)
  expect(share(arrivals.filter(({ nights }) => nights.until <= nightsFrom(nights.from, 7).until))).toBeGreaterThan(0.7)
  expect(share(arrivals.filter(({ nights }) => nights.until >= nightsFrom(nights.from, 30).until))).toBeGreaterThan(0.05)
})

test('a told world smaller than its stories is refused in one sentence', () => {
  expect(() => buildWorld({ moment: EVENING, seed: 1, arrivals: 10, rooms: 10, told: true })).toThrow(/^Give at least/)
})
