import 'server-only'
import type { CoordinatorScope } from '@/lib/auth/session'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { AppError } from '@/lib/errors'
import type { Policy } from '@/lib/matching/policy'
import type { RoundCertificate, RoundStep } from '@/lib/matching/round-types'
import { isStep } from '../rules/result'
import type { PartyKind, RoundFailure, RoundState } from '../schema'
import { ended } from './suggestions'

/** A round as its page shows it. Times are the database's; `seconds` since it was started, or until it was over. */
export interface RoundView {
  id: string
  cityIds: string[]
  withinNights: number | null
  parties: PartyKind[]
  groupsInPart: boolean
  rerunOf: string | null
  policy: Policy
  state: RoundState
  startedByName: string
  queuedAt: Date
  finishedAt: Date | null
  /** Since the coordinator pressed the button. */
  seconds: number
  stopAsked: boolean
  step: RoundStep | null
  stepDone: number
  stepOf: number
  placed: number
  persons: number | null
  arrivals: number | null
  rooms: number | null
  certificate: RoundCertificate | null
  failure: RoundFailure | null
  /** Plans that are still open, held, over since they were held, and lost. */
  open: number
  held: number
  ended: number
  lost: number
}

type Row = Omit<RoundView, 'step'> & { step: string | null }

const COLUMNS = Prisma.sql`
  round.id::text, round.city_ids as "cityIds", within_nights as "withinNights", parties, groups_in_part as "groupsInPart",
  rerun_of::text as "rerunOf", policy, round.state::text, staff.name as "startedByName", queued_at as "queuedAt",
  finished_at as "finishedAt", floor(extract(epoch from coalesce(finished_at, now()) - queued_at))::int as seconds,
  stop_asked_at is not null as "stopAsked", step, step_done as "stepDone", step_of as "stepOf", placed, persons, arrivals, rooms,
  certificate, failure, coalesce(tally.open, 0) as open, coalesce(tally.held, 0) as held,
  coalesce(tally.ended, 0) as ended, coalesce(tally.lost, 0) as lost`
const SOURCES = Prisma.sql`
  round join "user" staff on staff.id = started_by cross join lateral (
    select count(*) filter (where state = 'OPEN')::int as open, count(*) filter (where state = 'HELD' and not ${ended})::int as held,
      count(*) filter (where ${ended})::int as ended, count(*) filter (where state = 'LOST')::int as lost
    from suggestion where round_id = round.id and kind is not null) tally`

function viewOf({ step, ...row }: Row): RoundView {
  return { ...row, step: isStep(step) ? step : null }
}

/** The last rounds of a scope's towns, the newest first. */
export async function listRounds(scope: CoordinatorScope, { limit }: { limit: number }): Promise<RoundView[]> {
  const rows = await db.$queryRaw<Row[]>`
    select ${COLUMNS} from ${SOURCES} where round.city_ids <@ ${[...scope.cityIds]}::text[] order by queued_at desc limit ${limit}::int`
  return rows.map(viewOf)
}

/** @throws AppError NOT_FOUND for an unknown round and for one of other towns alike. */
export async function readRound(scope: CoordinatorScope, roundId: string): Promise<RoundView> {
  const [row] = await db.$queryRaw<Row[]>`
    select ${COLUMNS} from ${SOURCES} where round.id = ${roundId}::uuid and round.city_ids <@ ${[...scope.cityIds]}::text[]`
  if (!row) throw new AppError('NOT_FOUND')
  return viewOf(row)
}

/** How many parties wait in each town, and how many rooms have a free night from today. */
export async function countScope(scope: CoordinatorScope): Promise<{ cityId: string; waiting: number; rooms: number }[]> {
  return db.$queryRaw<{ cityId: string; waiting: number; rooms: number }[]>`
    select city.id as "cityId",
      (select count(*)::int from arrival where state = 'OPEN' and city_ids @> array[city.id]) as waiting,
      (select count(distinct room_id)::int from free_run where city_id = city.id and until_date > city_today(city.id)) as rooms
    from city where id = any (${[...scope.cityIds]}::text[])
    order by waiting desc, rooms desc, city.id`
}
