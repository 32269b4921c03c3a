import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import type { UserActor } from '@/lib/auth/rules'
import { changeAddress } from '@/lib/hosts/commands/home'
import { changeRoom, closeNights } from '@/lib/hosts/commands/room'
import { addDays } from '@/lib/time/day'
import type { Before, Missing, Stage } from './stage'

/** What two people may meet over; the most particular first. */
export const THINGS = ['placement', 'arrival', 'opening', 'room'] as const
export type Thing = (typeof THINGS)[number]

/** One of the two: which of two coordinators, leads or rivals acts, where the act is the same. */
export type Who = 0 | 1

export interface RaceAct {
  name: string
  /** How far the stay must have come for this to do something; FREE where there is no stay yet. */
  needs: Exclude<Before, 'FREE'> | null
  /** The yes it is about to give. */
  gives?: Missing
  /** It answers a question that was asked before. */
  answers?: true
  /** It is the end of a vetting, whose day has come: from then on it does not count, whether the clock has struck or not. */
  ends?: true
  touches: readonly Thing[]
  /** Asks for the guest where the room is free, and for a rival where somebody has it. */
  forRivals?: true
  /** Does it and says how it was answered: OK, or the reason of the refusal. */
  run: (stage: Stage, who: Who, client: Client) => Promise<string>
}

type Call = (stage: Stage, who: Who) => readonly [sql: string, ...values: unknown[]]

const ALL = THINGS
const form = () => randomUUID()

function calls(sql: Call): RaceAct['run'] {
  return async (stage, who, client) => {
    const [call, ...values] = sql(stage, who)
    const { rows: [row] } = await client.query<{ answer: { code: string } }>(`select ${call} as answer`, values)
    return row?.answer.code ?? 'NOTHING'
  }
}

const legOf = (stage: Stage, roomId: string, from = 0) => ({
  roomId, from: addDays(stage.today, from), until: addDays(stage.today, from + 2), adults: 2, childrenAges: [], reasons: {},
})

/** Who asks for the room: the guest where it is free, and then a rival; a rival where the guest is in it. */
function askerOf({ guest, rivals, stay }: Stage, who: Who): string {
  if (stay !== null) return rivals[who]
  return who === 0 ? guest : rivals[1]
}

function proposing(arrivalOf: (stage: Stage, who: Who) => string, roomOf: (stage: Stage) => string): RaceAct['run'] {
  return calls((stage, who) => ['propose_plan($1, $2, $3, $4, $5, $6, $7)', stage.staff[who], form(), 'h', [stage.city], arrivalOf(stage, who),
    'SINGLE', JSON.stringify([legOf(stage, roomOf(stage))])])
}

const proposesMany = calls((stage, who) => ['propose_many($1, $2, $3, $4, $5)', stage.staff[who], form(), 'h', [stage.city], JSON.stringify([
  { arrivalId: stage.rivals[who], kind: 'SINGLE', legs: [legOf(stage, stage.room)] },
  { arrivalId: stage.guest, kind: 'SINGLE', legs: [legOf(stage, stage.other.room)] },
])])

function ends(to: string, side: string, reason = 'OTHER', actor = 'test'): RaceAct['run'] {
  return calls((stage) => ['release_placement($1, $2, $3, $4, $5, $6, $7, null, false)', actor, form(), 'h', stage.stay, to, side, reason])
}

/** After a quarrel, whatever is between the two ends; how, depends on whether the guest was seen there. */
const quarrels = calls(({ stay, isThere }) => [`release_placement('test', $1, 'h', $2, $3, 'HOST', 'CONFLICT', null, false)`,
  form(), stay, isThere ? 'DEPARTED' : 'CANCELLED'])

/** The clock of a plan runs out at this moment. */
export const RUN_OUT = `
create function pg_temp.run_out(p_plan uuid) returns jsonb language plpgsql as $$
begin
  perform 1 from arrival where id = (select arrival_id from plan where id = p_plan) for no key update;
  update plan set deadline = now() where id = p_plan;
  return jsonb_build_object('code', case when lapse_plan(p_plan) > 0 then 'OK' else 'NOTHING' end);
end $$;`

const hostOf = ({ hostUser, host, city }: Stage): UserActor => ({ kind: 'USER', userId: hostUser, role: 'HOST', name: 'Dana', cityIds: [city], hostId: host })
const codeOf = (answer: { ok: boolean; reason?: string }) => (answer.ok ? 'OK' : answer.reason ?? '?')

/** Both forms were drawn before either was sent. */
const DRAWN_FROM = 1

function changesRoom(facts: { sleeps: number; inService: boolean }): RaceAct['run'] {
  return async (stage) => codeOf(await changeRoom({
    ...facts, name: 'room', quiet: false, privateBath: false, actor: hostOf(stage), roomId: stage.room,
    version: DRAWN_FROM, key: form(), requestHash: 'h',
  }))
}

async function closes(stage: Stage): Promise<string> {
  return codeOf(await closeNights({
    actor: hostOf(stage), roomId: stage.room, version: DRAWN_FROM, key: form(), requestHash: 'h',
    nights: { from: stage.today, until: addDays(stage.today, 2) },
  }))
}

async function movesHouse(stage: Stage, who: Who): Promise<string> {
  return codeOf(await changeAddress({
    actor: hostOf(stage), homeId: stage.home, version: DRAWN_FROM, key: form(), requestHash: 'h',
    address: `Abai ${10 + who}`, entrance: null,
  }))
}

/** Every transition, as it is done to one stay, its guest, its room and the nights it was offered for. */
export const ACTS: readonly RaceAct[] = [
  { name: 'propose', needs: null, forRivals: true, touches: ['arrival', 'opening', 'room'], run: proposing(askerOf, ({ room }) => room) },
  { name: 'propose elsewhere', needs: null, touches: ['arrival'], run: proposing(({ guest }) => guest, ({ other }) => other.room) },
  { name: 'propose many', needs: null, touches: ['arrival', 'opening', 'room'], run: proposesMany },
  { name: 'host yes', needs: 'PROPOSED', gives: 'HOST', touches: ALL,
    run: calls(({ stay }) => [`say_yes('test', $1, 'h', $2, 'HOST', null, 'LINK')`, form(), stay]) },
  { name: 'guest yes', needs: 'PROPOSED', gives: 'GUEST', touches: ALL,
    run: calls(({ stay }) => [`say_yes('test', $1, 'h', $2, 'GUEST', null, 'LINK')`, form(), stay]) },
  { name: 'second yes', needs: 'PROPOSED', gives: 'SECOND', touches: ALL,
    run: calls(({ stay, leads }, who) => [`second_yes($1, $2, 'h', array(select id from city), $3)`, leads[who], form(), stay]) },
  { name: 'decline by host', needs: 'PROPOSED', touches: ALL, run: ends('DECLINED', 'HOST') },
  { name: 'decline by guest', needs: 'PROPOSED', touches: ALL, run: ends('DECLINED', 'GUEST') },
  { name: 'cancel', needs: 'PROPOSED', touches: ALL, run: ends('CANCELLED', 'COORDINATOR') },
  { name: 'lapse', needs: 'PROPOSED', touches: ALL, run: calls(({ plan }) => ['pg_temp.run_out($1)', plan]) },
  { name: 'remind', needs: 'PROPOSED', touches: ['placement', 'arrival'],
    run: calls(({ plan }) => [`jsonb_build_object('code', case when remind_plan($1) >= 0 then 'OK' end)`, plan]) },
  { name: 'arrived', needs: 'CONFIRMED', touches: ALL, run: calls(({ stay }) => [`record_arrived('test', $1, 'h', $2)`, form(), stay]) },
  { name: 'not arrived', needs: 'CONFIRMED', touches: ALL, run: ends('NOT_ARRIVED', 'GUEST', 'NO_SHOW') },
  { name: 'move stay', needs: 'CONFIRMED', touches: ALL,
    run: calls(({ stay, today }, who) => [`move_stay('test', $1, 'h', $2, $3, $4, true)`, form(), stay, addDays(today, 1), addDays(today, 5 + who)]) },
  { name: 'departed', needs: 'ARRIVED', touches: ALL, run: ends('DEPARTED', 'GUEST', 'PLANNED') },
  { name: 'extend', needs: 'ARRIVED', touches: ALL,
    run: calls(({ stay, today }, who) => [`extend_placement('test', $1, 'h', $2, $3, true)`, form(), stay, addDays(today, 5 + who)]) },
  { name: 'shorten', needs: 'ARRIVED', touches: ALL,
    run: calls(({ stay, today }, who) => [`extend_placement('test', $1, 'h', $2, $3)`, form(), stay, addDays(today, 1 + who)]) },
  { name: 'ask longer', needs: 'ARRIVED', touches: ALL,
    run: calls(({ stay, today }, who) => [`ask_extension('test', $1, 'h', $2, $3)`, form(), stay, addDays(today, 5 + who)]) },
  { name: 'answer longer', needs: 'ARRIVED', answers: true, touches: ALL,
    run: calls(({ stay }) => [`answer_extension('ticket:host:x', $1, 'h', $2, true)`, form(), stay]) },
  { name: 'block by quarrel', needs: 'CONFIRMED', touches: ALL, run: quarrels },
  { name: 'withdraw', needs: null, touches: ['placement', 'arrival', 'room'],
    run: calls(({ guest }) => [`withdraw_arrival('test', $1, 'h', $2, false)`, form(), guest]) },
  { name: 'erase', needs: null, touches: ['placement', 'arrival', 'room'],
    run: calls(({ guest }) => [`withdraw_arrival('test', $1, 'h', $2, true)`, form(), guest]) },
  { name: 'reopen', needs: null, touches: ['arrival'], run: calls(({ guest }) => [`reopen_arrival('test', $1, 'h', $2)`, form(), guest]) },
  { name: 'pause', needs: null, touches: ['placement', 'room'], run: calls(({ host }) => [`pause_host('test', $1, 'h', $2, true)`, form(), host]) },
  { name: 'vetting ends', needs: null, ends: true, touches: ['placement', 'room'],
    run: calls(({ host }) => [`jsonb_build_object('code', case when expire_vetting($1) then 'OK' else 'NOTHING' end)`, host]) },
  { name: 'change of address', needs: null, touches: ['placement', 'room'], run: movesHouse },
  { name: 'close opening', needs: null, touches: ['opening', 'room'], run: closes },
  { name: 'lower beds', needs: null, touches: ['placement', 'room'], run: changesRoom({ sleeps: 1, inService: true }) },
  { name: 'out of service', needs: null, touches: ['placement', 'room'], run: changesRoom({ sleeps: 2, inService: false }) },
]
