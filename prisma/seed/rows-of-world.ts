import { RULES_VERSION } from '@/lib/hosts/schema'
import { normaliseAddress } from '@/lib/hosts/rules'
import { LEGAL_VERSION } from '@/lib/placements/schema'
import { seal } from '@/lib/privacy/seal'
import { blindIndex, hashSecret } from '@/lib/privacy/secret'
import { addDays } from '@/lib/time/day'
import type { SeedArrival, SeedHost } from './builders'
import type { SeedStaff } from './people'

/** A row as the table names its columns; the database reads it from JSON. Everything that names somebody is sealed. */
export type Row = Record<string, unknown>

const CHECK_DAYS = 365

function sealed(text: string | null, field: string, rowId: string): string | null {
  return text === null ? null : seal(text, { field, rowId })
}

/** Somebody of the team. */
export function staffRow({ id, role, name, mail, cityIds }: SeedStaff): Row {
  return {
    id, role, name, city_ids: cityIds, locale: 'ru', email_sealed: sealed(mail, 'user.email', id), email_index: blindIndex('email', mail),
  }
}

/** A host as a user who can sign in. */
export function hostUserRow({ userId, userName, locale, mail, createdAt }: SeedHost): Row {
  return {
    id: userId, role: 'HOST', name: userName, city_ids: [], locale, created_at: createdAt,
    email_sealed: sealed(mail, 'user.email', userId), email_index: blindIndex('email', mail),
  }
}

/** How often a host was asked and answered. */
export interface Asked {
  asked: number
  answered: number
}

function vettedUntil({ state, checks }: SeedHost): string | null {
  const [oldest] = checks.map(({ doneOn }) => doneOn).sort()
  return state === 'VETTED' && oldest !== undefined ? addDays(oldest, CHECK_DAYS) : null
}

/** A host as nobody has paused them yet: guests come in first. */
export function hostRow(host: SeedHost, { asked, answered }: Asked): Row {
  const { id, createdAt } = host
  return {
    id, user_id: host.userId, state: host.state, vetted_until: vettedUntil(host), languages: host.languages,
    first_name_sealed: sealed(host.firstName, 'host.first_name', id), contact_sealed: sealed(host.mail, 'host.contact', id),
    contact_index: blindIndex('email', host.mail), contact_shown: host.contactShown,
    children_welcome: host.childrenWelcome, animals_welcome: host.animalsWelcome, animals_here: host.animalsHere,
    children_here: host.childrenHere, smoking: host.smoking, women_only_household: host.womenOnlyHousehold,
    women_only_guests: host.womenOnlyGuests, rest_nights: host.restNights, shortest_nights: host.shortestNights,
    longest_nights: host.longestNights, asked_count: asked, answered_count: answered,
    confirmed_at: host.confirmedAt, created_at: createdAt, rules_version: RULES_VERSION, rules_accepted_at: createdAt,
    legal_version: LEGAL_VERSION, legal_accepted_at: createdAt,
  }
}

/** The home of a host; its address is sealed and found again by its index. */
export function homeRow({ id: hostId, state, home, createdAt }: SeedHost): Row {
  return {
    id: home.id, host_id: hostId, to_visit: state === 'APPLIED', city_id: home.cityId, district_id: home.districtId, kind: home.kind, step_free: home.stepFree,
    own_entrance: home.ownEntrance, notice_hours: home.noticeHours, house_rules: home.houseRules, created_at: createdAt,
    address_sealed: sealed(home.address, 'home.address', home.id), entrance_sealed: sealed(home.entrance, 'home.entrance', home.id),
    address_index: home.address === null ? null : blindIndex('address', normaliseAddress(home.address)),
  }
}

/** The rooms of a host. */
export function roomRows({ home, rooms, createdAt }: SeedHost): Row[] {
  return rooms.map((room) => ({
    id: room.id, home_id: home.id, name: room.name, sleeps: room.sleeps, shared_hall: room.sharedHall,
    private_bath: room.privateBath, quiet: room.quiet, in_service: room.inService, created_at: createdAt,
  }))
}

/** The nights the rooms of a host are on offer. */
export function openingRows({ rooms }: SeedHost): Row[] {
  return rooms.flatMap(({ id, openings }) => openings.map(({ from, until }) => ({ room_id: id, from_date: from, until_date: until })))
}

/** Visits and references; each holds for a year. */
export function checkRows({ id: hostId, checks, createdAt }: SeedHost): Row[] {
  return checks.map(({ id, kind, byUserId, doneOn, note }) => ({
    id, host_id: hostId, kind, by_user_id: byUserId, done_on: doneOn, expires_on: addDays(doneOn, CHECK_DAYS),
    note_sealed: sealed(note, 'vetting_check.note', id), created_at: createdAt,
  }))
}

// what names a guest
function namingOf({ id, nickname, token, contact, note, onwardPlan }: SeedArrival): Row {
  return {
    nickname, token_hash: hashSecret('stay', token), onward_plan: onwardPlan, note_sealed: sealed(note, 'arrival.note', id),
    contact_kind: contact?.kind ?? 'NONE', contact_sealed: sealed(contact?.text ?? null, 'arrival.contact', id),
    contact_index: contact === null ? null : blindIndex(contact.kind === 'MAIL' ? 'email' : 'phone', contact.text),
  }
}

/** An arrival. `live`: its plans are still to be played, so it waits for now. */
export function arrivalRow(arrival: SeedArrival, { live }: { live: boolean }): Row {
  const { id, nights, growth, createdAt, state } = arrival
  return {
    id, code: arrival.code, ...namingOf(arrival), city_ids: [arrival.cityId], district_id: arrival.districtId, from_date: nights.from,
    until_date: nights.until, flexible_nights: arrival.flexibleNights, adults: arrival.adults, children_ages: arrival.childrenAges,
    animals: arrival.animals, step_free: arrival.stepFree, quiet_wished: arrival.quietWished, women_only: arrival.womenOnly,
    woman_alone: arrival.womanAlone, all_women: arrival.allWomen, languages: arrival.languages,
    unsafe_to_return: arrival.unsafeToReturn, unwell: arrival.unwell, growth_persons: growth?.persons ?? null,
    growth_from: growth?.from ?? null, growth_keep_until: growth?.keepUntil ?? null, source: arrival.source, locale: arrival.locale,
    legal_version: state === 'PLACED' || state === 'CLOSED' ? LEGAL_VERSION : null, state: live ? 'OPEN' : state,
    broken_placement: arrival.brokenPlacement, waiting_since: createdAt, created_at: createdAt, closed_at: arrival.closedAt,
  }
}
