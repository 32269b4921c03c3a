import { getTranslations } from 'next-intl/server'
import type { Actor } from '@/lib/auth/rules'
import { offerHome, type Offer } from '@/lib/hosts/commands/offer-home'
import { listRooms } from '@/lib/hosts/rules'
import type { OfferDraft } from '@/lib/hosts/schema'
import type { Locale } from '@/lib/i18n/routing'
import { writeDraft } from '@/lib/privacy/draft'
import { accept } from '@/lib/result'
import { inWords } from '../night-words'

/** The offer, when every question has an answer. */
export function completeOffer({ key, what, where, when, house, you }: OfferDraft): Offer | null {
  if (!what || !where || !when || !house) return null
  return { key, what, where, when, house, you }
}

/** Lists the home, with room names in the host's language. */
export async function finishOffer({ actor, offer, locale }: { actor: Actor; offer: Offer; locale: Locale }) {
  const t = await getTranslations('host')
  const rooms = listRooms(offer.what)
  const kind = rooms[0]?.sharedHall === true ? 'placeName' : 'roomName'
  const roomNames = rooms.map((_room, index) => t(kind, { n: index + 1 }))
  return inWords(await offerHome({ actor, offer, locale, userName: t('userName'), roomNames }), locale)
}

/** Keeps answers other than those the home was listed with. @returns path of the screen that says so. */
export async function offeredBefore(draft: OfferDraft) {
  await writeDraft('offer', { ...draft, offered: true })
  return accept('/host/offer/check')
}
