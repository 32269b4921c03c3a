import type { Region } from '../place'

/** The 7 regions of Kyrgyzstan and its 2 cities of republican rank. */
export const REGIONS_KYRGYZSTAN: readonly Region[] = [
  {
    id: 'batken',
    country: 'KG',
    names: {
      ru: 'Баткенская область',
      kk: 'Баткен облысы',
      en: 'Batken region',
      ky: 'Баткен облусу',
    },
  },
  {
    id: 'bishkek-city',
    country: 'KG',
    names: {
      ru: 'город Бишкек',
      kk: 'Бішкек қаласы',
      en: 'Bishkek city',
      ky: 'Бишкек шаары',
    },
  },
  {
    id: 'chuy',
    country: 'KG',
    names: {
      ru: 'Чуйская область',
      kk: 'Шу облысы',
      en: 'Chuy region',
      ky: 'Чүй облусу',
    },
  },
  {
    id: 'issyk-kul',
    country: 'KG',
    names: {
      ru: 'Иссык-Кульская область',
      kk: 'Ыстықкөл облысы',
      en: 'Issyk-Kul region',
      ky: 'Ысык-Көл облусу',
    },
  },
  {
    id: 'jalal-abad',
    country: 'KG',
    names: {
      ru: 'Джалал-Абадская область',
      kk: 'Жалалабад облысы',
      en: 'Jalal-Abad region',
      ky: 'Жалал-Абад облусу',
    },
  },
  {
    id: 'naryn',
    country: 'KG',
    names: {
      ru: 'Нарынская область',
      kk: 'Нарын облысы',
      en: 'Naryn region',
      ky: 'Нарын облусу',
    },
  },
  {
    id: 'osh',
    country: 'KG',
    names: {
      ru: 'Ошская область',
      kk: 'Ош облысы',
      en: 'Osh region',
      ky: 'Ош облусу',
    },
  },
  {
    id: 'osh-city',
    country: 'KG',
    names: {
      ru: 'город Ош',
      kk: 'Ош қаласы',
      en: 'Osh city',
      ky: 'Ош шаары',
    },
  },
  {
    id: 'talas',
    country: 'KG',
    names: {
      ru: 'Таласская область',
      kk: 'Талас облысы',
      en: 'Talas region',
      ky: 'Талас облусу',
    },
  },
]
