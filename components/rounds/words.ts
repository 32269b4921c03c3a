import { cityName, type Translate } from '@/components/placements/words'
import { NIGHT_SCOPES, type NightScope, type PartyKind } from '@/lib/rounds/schema'

const SECONDS_PER_MINUTE = 60

/** "48 seconds", "3 minutes 12 seconds". `t`: namespace `rounds`. */
export function durationText(seconds: number, t: Translate): string {
  if (seconds < SECONDS_PER_MINUTE) return t('duration.seconds', { count: Math.max(1, seconds) })
  return t('duration.minutes', { minutes: Math.floor(seconds / SECONDS_PER_MINUTE), seconds: seconds % SECONDS_PER_MINUTE }).trim()
}

/** What a round is about. */
export interface RoundScope {
  cityIds: readonly string[]
  withinNights: number | null
  parties: readonly PartyKind[]
  policy: { name: string; version: number }
}

function nightScopeOf(withinNights: number | null): NightScope {
  const names = Object.keys(NIGHT_SCOPES) as NightScope[]
  return names.find((name) => NIGHT_SCOPES[name] === withinNights) ?? 'all'
}

/** "Almaty, Astana" in the reader's language. */
export function cityNames(cityIds: readonly string[], locale: string): string {
  return cityIds.map((id) => cityName(id, locale)).join(', ')
}

/** A policy's name; the one every city begins with has a name of its own in each language. */
export function policyName(name: string, t: Translate): string {
  return name === 'default' ? t('form.policyDefault') : name
}

/** Whom a round is about, beside its towns. */
export function scopeText({ withinNights, parties, policy }: Omit<RoundScope, 'cityIds'>, t: Translate): string {
  return t('page.scope', {
    nights: t(`form.night.${nightScopeOf(withinNights)}`),
    parties: parties.map((kind) => t(`form.party.${kind}`)).join(', '), policy: policyName(policy.name, t),
  })
}
