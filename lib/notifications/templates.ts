import { createTranslator } from 'use-intl/core'
import { loadMessages } from '@/lib/i18n/load'
import type { Locale } from '@/lib/i18n/routing'
import type { Day } from '@/lib/time/day'
import { countNights, type Nights } from '@/lib/time/nights'
import type { Letter, MessageKind } from './schema'

/** What a message may say. No name, no city, no address: a mail lies open on servers and lock screens. */
export interface MessageFacts {
  id: string
  kind: MessageKind
  to: string
  locale: Locale
  /** Answer page of the reader, with its ticket. */
  link: string
  nights: Nights
  adults: number
  children: number
  /** Last morning the message speaks of: the placement's, or the one a guest asks for. */
  until: Day
  /** The calendar day in the home's city. */
  today: Day
  deadline: Date
  timeZone: string
  state: string
  /** The side that ended the placement or was silent. */
  endedSide: string
}

type Subject = 'question' | 'reply' | 'reminder' | 'news'

/** Subjects say nothing about what this is; the lock screen of a borrowed phone shows them. */
const SUBJECTS: Record<MessageKind, Subject> = {
  ASK_HOST: 'question',
  ASK_GUEST: 'reply',
  REMIND_HOST: 'reminder',
  REMIND_GUEST: 'reminder',
  CONFIRMED_HOST: 'reply',
  CONFIRMED_GUEST: 'reply',
  ENDED_HOST: 'news',
  ENDED_GUEST: 'news',
  LAPSED_HOST: 'news',
  LAPSED_GUEST: 'news',
  NIGHTS_CHANGED_HOST: 'news',
  NIGHTS_CHANGED_GUEST: 'news',
  ASK_EXTENSION: 'question',
  EXTENSION_AGREED: 'reply',
  EXTENSION_REFUSED: 'reply',
}
const HAS_DEADLINE: readonly MessageKind[] = ['ASK_HOST', 'ASK_GUEST', 'REMIND_HOST', 'REMIND_GUEST']

type Words = (key: string, values?: Record<string, string | number>) => string

/** The words of one language, outside any request. A missing word is a bug and stops the letter. */
async function wordsOf(locale: Locale): Promise<Words> {
  const { mail } = await loadMessages(locale)
  return createTranslator({
    locale,
    messages: mail as Record<string, unknown>,
    onError(error) {
      throw error
    },
  }) as Words
}

function dayWords(day: Day, locale: Locale): string {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
  return format.format(new Date(`${day}T00:00:00Z`))
}

function clockWords(at: Date, { locale, timeZone }: { locale: Locale; timeZone: string }): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone,
  }).format(at)
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as HTML text. */
function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')
}

interface Page {
  locale: Locale
  subject: string
  paragraphs: string[]
  link: { href: string; label: string } | null
  small: string[]
}

function asText({ paragraphs, link, small }: Page): string {
  return [...paragraphs, ...(link ? [link.href] : []), '--', ...small].join('\n\n') + '\n'
}

// Nothing is fetched and nothing is counted: no picture, no style sheet, the address itself as the link.
function asHtml({ locale, subject, paragraphs, link, small }: Page): string {
  const lines = paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`)
  const button = link
    ? [`<p><a href="${escapeHtml(link.href)}">${escapeHtml(link.label)}</a></p>`, `<p>${escapeHtml(link.href)}</p>`]
    : []
  const notes = small.map((text) => `<p><small>${escapeHtml(text)}</small></p>`)
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head><body>`,
    ...lines, ...button, ...notes, '</body></html>',
  ].join('\n')
}

function letterOf(page: Page, { id, to }: { id: string; to: string }): Letter {
  return {
    id, to, locale: page.locale, subject: page.subject, text: asText(page), html: asHtml(page), link: page.link?.href ?? null,
  }
}

/** Writes a message in its reader's language, as plain text and as HTML that says the same. */
export async function renderMessage(facts: MessageFacts): Promise<Letter> {
  const { kind, locale, nights } = facts
  const t = await wordsOf(locale)
  const values = {
    adults: facts.adults, children: facts.children, nights: countNights(nights), from: dayWords(nights.from, locale),
    until: dayWords(facts.until, locale), today: nights.from <= facts.today ? 'yes' : 'no', state: facts.state,
    silent: facts.endedSide,
  }
  const deadline = HAS_DEADLINE.includes(kind) ? [t('deadline', { deadline: clockWords(facts.deadline, facts) })] : []
  return letterOf({
    locale,
    subject: t(`subject.${SUBJECTS[kind]}`),
    paragraphs: [t(`body.${kind}`, values), ...deadline],
    link: { href: facts.link, label: t('open') },
    small: [t('private'), t('automatic')],
  }, facts)
}

/** Writes the letter with a sign-in code. */
export async function renderSignInCode(code: { id: string; to: string; locale: Locale; code: string }): Promise<Letter> {
  const t = await wordsOf(code.locale)
  return letterOf({
    locale: code.locale,
    subject: t('subject.signIn'),
    paragraphs: [t('signIn.code', { code: code.code }), t('signIn.hint')],
    link: null,
    small: [t('automatic')],
  }, code)
}

/** Writes to a lead that approvals have stopped or go on; the link leads to the public page of the checks. */
export async function renderApprovals(told: { id: string; to: string; locale: Locale; news: 'stopped' | 'opened'; link: string }): Promise<Letter> {
  const t = await wordsOf(told.locale)
  return letterOf({
    locale: told.locale,
    subject: t('subject.news'),
    paragraphs: [t(`approvals.${told.news}`)],
    link: { href: told.link, label: t('open') },
    small: [t('automatic')],
  }, told)
}
