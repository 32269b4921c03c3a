import type { District } from '../place'

/** Districts of Almaty (8), Astana (6, with Nura of 2022 and Saraishyk of 2024) and Shymkent (5). Points mark the lived-in middle, not the centre of the area. */
export const DISTRICTS_KAZAKHSTAN: readonly District[] = [
  {
    id: 'almaty-alatau',
    cityId: 'almaty',
    lat: 43.295,
    lon: 76.835,
    names: {
      ru: 'Алатауский район',
      kk: 'Алатау ауданы',
      en: 'Alatau district',
    },
  },
  {
    id: 'almaty-almaly',
    cityId: 'almaty',
    lat: 43.254,
    lon: 76.915,
    names: {
      ru: 'Алмалинский район',
      kk: 'Алмалы ауданы',
      en: 'Almaly district',
    },
  },
  {
    id: 'almaty-auezov',
    cityId: 'almaty',
    lat: 43.226,
    lon: 76.848,
    names: {
      ru: 'Ауэзовский район',
      kk: 'Әуезов ауданы',
      en: 'Auezov district',
    },
  },
  {
    id: 'almaty-bostandyk',
    cityId: 'almaty',
    lat: 43.217,
    lon: 76.91,
    names: {
      ru: 'Бостандыкский район',
      kk: 'Бостандық ауданы',
      en: 'Bostandyk district',
    },
  },
  {
    id: 'almaty-jetisu',
    cityId: 'almaty',
    lat: 43.3,
    lon: 76.925,
    names: {
      ru: 'Жетысуский район',
      kk: 'Жетісу ауданы',
      en: 'Jetisu district',
    },
  },
  {
    id: 'almaty-medeu',
    cityId: 'almaty',
    lat: 43.243,
    lon: 76.965,
    names: {
      ru: 'Медеуский район',
      kk: 'Медеу ауданы',
      en: 'Medeu district',
    },
  },
  {
    id: 'almaty-nauryzbai',
    cityId: 'almaty',
    lat: 43.198,
    lon: 76.795,
    names: {
      ru: 'Наурызбайский район',
      kk: 'Наурызбай ауданы',
      en: 'Nauryzbai district',
    },
  },
  {
    id: 'almaty-turksib',
    cityId: 'almaty',
    lat: 43.34,
    lon: 76.96,
    names: {
      ru: 'Турксибский район',
      kk: 'Түрксіб ауданы',
      en: 'Turksib district',
    },
  },
  {
    id: 'astana-almaty',
    cityId: 'astana',
    lat: 51.155,
    lon: 71.49,
    names: {
      ru: 'район Алматы',
      kk: 'Алматы ауданы',
      en: 'Almaty district',
    },
  },
  {
    id: 'astana-baikonur',
    cityId: 'astana',
    lat: 51.19,
    lon: 71.455,
    names: {
      ru: 'район Байконур',
      kk: 'Байқоңыр ауданы',
      en: 'Baikonur district',
    },
  },
  {
    id: 'astana-esil',
    cityId: 'astana',
    lat: 51.11,
    lon: 71.44,
    names: {
      ru: 'район Есиль',
      kk: 'Есіл ауданы',
      en: 'Esil district',
    },
  },
  {
    id: 'astana-nura',
    cityId: 'astana',
    lat: 51.105,
    lon: 71.375,
    names: {
      ru: 'район Нура',
      kk: 'Нұра ауданы',
      en: 'Nura district',
    },
  },
  {
    id: 'astana-saraishyk',
    cityId: 'astana',
    lat: 51.125,
    lon: 71.515,
    names: {
      ru: 'район Сарайшык',
      kk: 'Сарайшық ауданы',
      en: 'Saraishyk district',
    },
  },
  {
    id: 'astana-saryarka',
    cityId: 'astana',
    lat: 51.175,
    lon: 71.4,
    names: {
      ru: 'район Сарыарка',
      kk: 'Сарыарқа ауданы',
      en: 'Saryarka district',
    },
  },
  {
    id: 'shymkent-abai',
    cityId: 'shymkent',
    lat: 42.32,
    lon: 69.56,
    names: {
      ru: 'Абайский район',
      kk: 'Абай ауданы',
      en: 'Abai district',
    },
  },
  {
    id: 'shymkent-al-farabi',
    cityId: 'shymkent',
    lat: 42.312,
    lon: 69.605,
    names: {
      ru: 'Аль-Фарабийский район',
      kk: 'Әл-Фараби ауданы',
      en: 'Al-Farabi district',
    },
  },
  {
    id: 'shymkent-enbekshi',
    cityId: 'shymkent',
    lat: 42.325,
    lon: 69.65,
    names: {
      ru: 'Енбекшинский район',
      kk: 'Еңбекші ауданы',
      en: 'Enbekshi district',
    },
  },
  {
    id: 'shymkent-karatau',
    cityId: 'shymkent',
    lat: 42.38,
    lon: 69.63,
    names: {
      ru: 'Каратауский район',
      kk: 'Қаратау ауданы',
      en: 'Karatau district',
    },
  },
  {
    id: 'shymkent-turan',
    cityId: 'shymkent',
    lat: 42.365,
    lon: 69.54,
    names: {
      ru: 'район Туран',
      kk: 'Тұран ауданы',
      en: 'Turan district',
    },
  },
]
