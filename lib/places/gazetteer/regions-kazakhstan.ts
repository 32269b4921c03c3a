import type { Region } from '../place'

/** The 17 regions of Kazakhstan as of June 2022 (Abai, Jetisu and Ulytau included) and its 3 cities of republican rank. */
export const REGIONS_KAZAKHSTAN: readonly Region[] = [
  {
    id: 'abai',
    country: 'KZ',
    names: {
      ru: 'Абайская область',
      kk: 'Абай облысы',
      en: 'Abai region',
    },
  },
  {
    id: 'akmola',
    country: 'KZ',
    names: {
      ru: 'Акмолинская область',
      kk: 'Ақмола облысы',
      en: 'Akmola region',
    },
  },
  {
    id: 'aktobe',
    country: 'KZ',
    names: {
      ru: 'Актюбинская область',
      kk: 'Ақтөбе облысы',
      en: 'Aktobe region',
    },
  },
  {
    id: 'almaty',
    country: 'KZ',
    names: {
      ru: 'Алматинская область',
      kk: 'Алматы облысы',
      en: 'Almaty region',
    },
  },
  {
    id: 'almaty-city',
    country: 'KZ',
    names: {
      ru: 'город Алматы',
      kk: 'Алматы қаласы',
      en: 'Almaty city',
    },
  },
  {
    id: 'astana-city',
    country: 'KZ',
    names: {
      ru: 'город Астана',
      kk: 'Астана қаласы',
      en: 'Astana city',
    },
  },
  {
    id: 'atyrau',
    country: 'KZ',
    names: {
      ru: 'Атырауская область',
      kk: 'Атырау облысы',
      en: 'Atyrau region',
    },
  },
  {
    id: 'east-kazakhstan',
    country: 'KZ',
    names: {
      ru: 'Восточно-Казахстанская область',
      kk: 'Шығыс Қазақстан облысы',
      en: 'East Kazakhstan region',
    },
  },
  {
    id: 'jambyl',
    country: 'KZ',
    names: {
      ru: 'Жамбылская область',
      kk: 'Жамбыл облысы',
      en: 'Jambyl region',
    },
  },
  {
    id: 'jetisu',
    country: 'KZ',
    names: {
      ru: 'Жетысуская область',
      kk: 'Жетісу облысы',
      en: 'Jetisu region',
    },
  },
  {
    id: 'karaganda',
    country: 'KZ',
    names: {
      ru: 'Карагандинская область',
      kk: 'Қарағанды облысы',
      en: 'Karaganda region',
    },
  },
  {
    id: 'kostanay',
    country: 'KZ',
    names: {
      ru: 'Костанайская область',
      kk: 'Қостанай облысы',
      en: 'Kostanay region',
    },
  },
  {
    id: 'kyzylorda',
    country: 'KZ',
    names: {
      ru: 'Кызылординская область',
      kk: 'Қызылорда облысы',
      en: 'Kyzylorda region',
    },
  },
  {
    id: 'mangystau',
    country: 'KZ',
    names: {
      ru: 'Мангистауская область',
      kk: 'Маңғыстау облысы',
      en: 'Mangystau region',
    },
  },
  {
    id: 'north-kazakhstan',
    country: 'KZ',
    names: {
      ru: 'Северо-Казахстанская область',
      kk: 'Солтүстік Қазақстан облысы',
      en: 'North Kazakhstan region',
    },
  },
  {
    id: 'pavlodar',
    country: 'KZ',
    names: {
      ru: 'Павлодарская область',
      kk: 'Павлодар облысы',
      en: 'Pavlodar region',
    },
  },
  {
    id: 'shymkent-city',
    country: 'KZ',
    names: {
      ru: 'город Шымкент',
      kk: 'Шымкент қаласы',
      en: 'Shymkent city',
    },
  },
  {
    id: 'turkistan',
    country: 'KZ',
    names: {
      ru: 'Туркестанская область',
      kk: 'Түркістан облысы',
      en: 'Turkistan region',
    },
  },
  {
    id: 'ulytau',
    country: 'KZ',
    names: {
      ru: 'Улытауская область',
      kk: 'Ұлытау облысы',
      en: 'Ulytau region',
    },
  },
  {
    id: 'west-kazakhstan',
    country: 'KZ',
    names: {
      ru: 'Западно-Казахстанская область',
      kk: 'Батыс Қазақстан облысы',
      en: 'West Kazakhstan region',
    },
  },
]
