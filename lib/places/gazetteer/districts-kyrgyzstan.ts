import type { District } from '../place'

/** Districts of Bishkek (4). Points mark the lived-in middle, not the centre of the area. */
export const DISTRICTS_KYRGYZSTAN: readonly District[] = [
  {
    id: 'bishkek-lenin',
    cityId: 'bishkek',
    lat: 42.876,
    lon: 74.535,
    names: {
      ru: 'Ленинский район',
      kk: 'Ленин ауданы',
      en: 'Lenin district',
      ky: 'Ленин району',
    },
  },
  {
    id: 'bishkek-oktyabr',
    cityId: 'bishkek',
    lat: 42.84,
    lon: 74.62,
    names: {
      ru: 'Октябрьский район',
      kk: 'Октябрь ауданы',
      en: 'Oktyabr district',
      ky: 'Октябрь району',
    },
  },
  {
    id: 'bishkek-pervomai',
    cityId: 'bishkek',
    lat: 42.862,
    lon: 74.585,
    names: {
      ru: 'Первомайский район',
      kk: 'Бірінші май ауданы',
      en: 'Pervomai district',
      ky: 'Биринчи май району',
    },
  },
  {
    id: 'bishkek-sverdlov',
    cityId: 'bishkek',
    lat: 42.888,
    lon: 74.63,
    names: {
      ru: 'Свердловский район',
      kk: 'Свердлов ауданы',
      en: 'Sverdlov district',
      ky: 'Свердлов району',
    },
  },
]
