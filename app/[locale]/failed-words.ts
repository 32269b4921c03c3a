import type { Locale } from '@/lib/i18n/routing'

// Kept apart from the catalogs: this page shows when the server, and so the catalogs, cannot be asked.
export const FAILED_WORDS: Record<Locale, { title: string; text: string; again: string }> = {
  ru: { title: 'Что-то пошло не так', text: 'Ничего не потеряно. Попробуйте ещё раз.', again: 'Попробовать ещё раз' },
  kk: { title: 'Бір нәрсе дұрыс болмады', text: 'Ештеңе жоғалған жоқ. Қайталап көріңіз.', again: 'Қайталап көру' },
  en: { title: 'Something went wrong', text: 'Nothing was lost. Please try again.', again: 'Try again' },
}
