import { z } from 'zod'
import { findCity, findDistrict } from './places'

/** The id of a town of the gazetteer; anything else is the issue `CITY_UNKNOWN`. */
export const citySlugSchema = z
  .string('CITY_UNKNOWN')
  // aborting: checks of a whole form ask for the day in the town, and there is none in a town that is none
  .refine((id) => findCity(id) !== undefined, { error: 'CITY_UNKNOWN', abort: true })

/** The id of a district of the gazetteer; anything else is the issue `DISTRICT_UNKNOWN`. */
export const districtSlugSchema = z
  .string('DISTRICT_UNKNOWN')
  .refine((id) => findDistrict(id) !== undefined, 'DISTRICT_UNKNOWN')

/** True when the district exists and belongs to the town. For `refine` where a form asks for both. */
export function districtInCity({ cityId, districtId }: { cityId: string; districtId: string }): boolean {
  return findDistrict(districtId)?.cityId === cityId
}
