import type { Scene, Scenes, Wanted } from './api-scenes'

/** A request that goes through, when the right one sends it. */
export interface Case {
  scene: Scene
  path: string
  body?: unknown
  /** What a coordinator of another town is told, where it is not that there is no such thing. */
  elsewhere?: number
}

type MakeCase = (scenes: Scenes) => Promise<Case>

let requests = 0

/** A request for shelter; each has a contact of its own, because one contact asks for ten parties at most. */
export function newRequest(contact = `zarina-${String(requests += 1)}@example.org`) {
  return {
    where: { cityId: 'almaty', firstNight: 'today', nights: 3 },
    who: { adults: 2, childrenAges: [4], circumstances: ['quiet', 'animals'], languages: ['ru'] },
    reach: { kind: 'MAIL', contact, nickname: 'Zarina' },
  }
}

const HOUSE = { childrenWelcome: true, languages: ['ru', 'kk'] }

/** A case about a placement, with the version of it where the body names one. */
const ofPlacement = (path: string, body?: Record<string, unknown>, wanted: Wanted = {}): MakeCase => async (scenes) => {
  const scene = await scenes.scene(wanted)
  return { scene, path: path.replace('{placementId}', scene.placementId), body }
}
const ofVersion = (path: string, body: Record<string, unknown>, wanted: Wanted = {}): MakeCase => async (scenes) => {
  const made = await ofPlacement(path, body, wanted)(scenes)
  return { ...made, body: { ...body, version: await scenes.versionOf('placement', made.scene.placementId) } }
}
const ofRoom = (path: string, body: (scenes: Scenes) => Promise<Record<string, unknown>>): MakeCase => async (scenes) => {
  const scene = await scenes.scene({ state: 'WAITING' })
  const version = await scenes.versionOf('room', scene.roomId)
  return { scene, path: path.replace('{roomId}', scene.roomId), body: { version, ...(await body(scenes)) } }
}
const plain = (path: string, wanted: Wanted = { state: 'WAITING' }, body?: unknown): MakeCase => async (scenes) =>
  ({ scene: await scenes.scene(wanted), path, body, elsewhere: 200 })

async function asked(scenes: Scenes, state: 'CONFIRMED' | 'ARRIVED' = 'CONFIRMED'): Promise<Scene> {
  const scene = await scenes.scene({ state })
  await scenes.call(`ask_extension('test', $1, 'h', $2, $3)`, [scenes.newKey(), scene.placementId, await scenes.day(6)])
  return scene
}

/** One request for every endpoint, by its name. The test fails where one is missing. */
export const CASES: Record<string, MakeCase> = {
  requestShelter: async (scenes) => ({ scene: await scenes.scene({ state: 'WAITING' }), path: '/requests', body: newRequest(), elsewhere: 200 }),
  readStay: plain('/stay', { state: 'PROPOSED' }),
  eraseStay: plain('/stay', { state: 'PROPOSED' }),
  withdrawStay: plain('/stay/withdrawal', { state: 'PROPOSED' }),
  sayYesAsGuest: ofPlacement('/stay/placements/{placementId}/yes', { legal: true }),
  sayNoAsGuest: ofPlacement('/stay/placements/{placementId}/no', { reason: 'TOO_FAR' }),
  revealAddress: ofPlacement('/stay/placements/{placementId}/address', undefined, { state: 'CONFIRMED' }),
  recordArrivalAsGuest: ofPlacement('/stay/placements/{placementId}/arrival', undefined, { state: 'CONFIRMED' }),
  askExtension: async (scenes) => {
    const scene = await scenes.scene({ state: 'ARRIVED' })
    return { scene, path: `/stay/placements/${scene.placementId}/extension`, body: { until: await scenes.day(6) } }
  },
  leaveStay: ofPlacement('/stay/placements/{placementId}/departure', { reason: 'OWN_RENT' }, { state: 'ARRIVED' }),
  cancelAsGuest: ofPlacement('/stay/placements/{placementId}/cancellation', undefined, { state: 'CONFIRMED' }),

  readHost: plain('/host'),
  offerHome: async (scenes) => ({
    scene: await scenes.scene({ state: 'WAITING' }), path: '/host/homes',
    body: {
      what: { kind: 'FLAT', rooms: 2, places: 2, extras: ['QUIET'] }, where: { cityId: 'almaty', address: 'Абая 12' },
      when: { from: await scenes.day(0), until: await scenes.day(30), longestNights: 14, noticeHours: 3 }, house: HOUSE,
      legal: true, rules: true,
    },
  }),
  confirmOffer: plain('/host/confirmation'),
  pauseHost: plain('/host/pause', { state: 'PROPOSED' }, { paused: true }),
  readHome: async (scenes) => {
    const scene = await scenes.scene({ state: 'WAITING' })
    return { scene, path: `/host/homes/${scene.homeId}` }
  },
  readRoom: async (scenes) => {
    const scene = await scenes.scene({ state: 'CONFIRMED' })
    return { scene, path: `/host/rooms/${scene.roomId}?from=${await scenes.day(0)}&until=${await scenes.day(30)}` }
  },
  changeRoom: ofRoom('/host/rooms/{roomId}', () => Promise.resolve({ name: 'Blue room', sleeps: 3, quiet: true, inService: true })),
  offerNights: ofRoom('/host/rooms/{roomId}/openings', async ({ day }) => ({ from: await day(100), until: await day(120) })),
  closeNights: ofRoom('/host/rooms/{roomId}/closures', async ({ day }) => ({ from: await day(50), until: await day(60) })),
  readHostStays: plain('/host/stays', { state: 'PROPOSED' }),
  sayYesAsHost: ofPlacement('/host/placements/{placementId}/yes', { legal: true }),
  sayNoAsHost: ofPlacement('/host/placements/{placementId}/no', { reason: 'NEEDS_REST' }),
  answerExtension: async (scenes) => {
    const scene = await asked(scenes)
    return { scene, path: `/host/placements/${scene.placementId}/extension`, body: { agree: true } }
  },

  readQueue: plain('/queue?view=ALL&limit=5'),
  readStays: plain('/stays?view=STAYING', { state: 'ARRIVED' }),
  readArrival: async (scenes) => {
    const scene = await scenes.scene({ state: 'CONFIRMED' })
    return { scene, path: `/arrivals/${scene.arrivalId}` }
  },
  readCandidates: async (scenes) => {
    const scene = await scenes.scene({ state: 'WAITING' })
    return { scene, path: `/arrivals/${scene.arrivalId}/candidates?limit=3` }
  },
  countRooms: async (scenes) => {
    const scene = await scenes.scene({ state: 'WAITING' })
    return { scene, path: `/arrivals/${scene.arrivalId}/rooms` }
  },
  enterRequest: async (scenes) => ({
    scene: await scenes.scene({ state: 'WAITING' }), path: '/arrivals', body: { ...newRequest(), source: 'DESK' }, elsewhere: 403,
  }),
  withdrawArrival: async (scenes) => {
    const scene = await scenes.scene({ state: 'WAITING' })
    return { scene, path: `/arrivals/${scene.arrivalId}/withdrawal` }
  },
  reopenArrival: async (scenes) => {
    const scene = await scenes.scene({ state: 'WAITING' })
    await scenes.call(`withdraw_arrival('test', $1, 'h', $2, false)`, [scenes.newKey(), scene.arrivalId])
    return { scene, path: `/arrivals/${scene.arrivalId}/reopening` }
  },
  formGroup: async (scenes) => {
    const [scene, other] = [await scenes.scene({ state: 'WAITING' }), await scenes.newcomer()]
    return { scene, path: '/groups', body: { together: 'SAME_CITY', arrivalIds: [scene.arrivalId, other.arrivalId] } }
  },
  propose: async (scenes) => {
    const scene = await scenes.scene({ state: 'WAITING' })
    return { scene, path: '/plans', body: { arrivalId: scene.arrivalId, from: await scenes.day(0), roomIds: [scene.roomId] } }
  },

  proposeMany: async (scenes) => {
    const [scene, other, lost] = [await scenes.scene({ state: 'WAITING' }), await scenes.scene({ state: 'WAITING' }), await scenes.scene({ state: 'WAITING' })]
    const proposals = []
    for (const { arrivalId, roomId } of [scene, other, { ...lost, roomId: scene.roomId }]) {
      proposals.push({ arrivalId, kind: 'SINGLE', legs: [{ roomId, from: await scenes.day(0), until: await scenes.day(10), adults: 1 }] })
    }
    // whatever is out of reach is answered so in its place
    return { scene, path: '/plans/many', body: { proposals }, elsewhere: 200 }
  },
  proposeLegs: async (scenes) => {
    const scene = await scenes.scene({ state: 'WAITING' })
    const second = await scenes.host()
    const legOf = async (roomId: string, from: number, until: number) => ({ roomId, from: await scenes.day(from), until: await scenes.day(until), adults: 1 })
    const legs = [await legOf(scene.roomId, 0, 4), await legOf(second.roomId, 4, 10)]
    return { scene, path: '/plans/legs', body: { arrivalId: scene.arrivalId, kind: 'RELAY', legs } }
  },

  readPlacement: ofPlacement('/placements/{placementId}', undefined, { state: 'CONFIRMED' }),
  recordYes: ofVersion('/placements/{placementId}/yes', { side: 'GUEST', way: 'DESK', legal: true }),
  recordNo: ofVersion('/placements/{placementId}/no', { side: 'GUEST', reason: 'TOO_FAR', needsPlace: true }),
  saySecondYes: ofVersion('/placements/{placementId}/second-yes', {}),
  recordArrival: ofVersion('/placements/{placementId}/arrival', {}, { state: 'CONFIRMED' }),
  recordNoShow: async (scenes) => {
    const scene = await scenes.scene({ state: 'CONFIRMED' })
    await scenes.began(scene.placementId, 2)
    return { scene, path: `/placements/${scene.placementId}/no-show`, body: { version: await scenes.versionOf('placement', scene.placementId) } }
  },
  recordDeparture: ofVersion('/placements/{placementId}/departure', { reason: 'PLANNED', destination: 'SETTLED' }, { state: 'ARRIVED' }),
  cancelPlacement: ofVersion('/placements/{placementId}/cancellation', { side: 'COORDINATOR', reason: 'OTHER', needsPlace: true }),
  extendPlacement: async (scenes) => {
    const made = await ofVersion('/placements/{placementId}/extension', {}, { state: 'ARRIVED' })(scenes)
    return { ...made, body: { ...(made.body as object), until: await scenes.day(6), hostAgreed: true } }
  },
  movePlacement: async (scenes) => {
    const made = await ofVersion('/placements/{placementId}/move', {}, { state: 'CONFIRMED' })(scenes)
    return { ...made, body: { ...(made.body as object), from: await scenes.day(2), until: await scenes.day(6), hostAgreed: true } }
  },
  refuseExtension: async (scenes) => {
    const scene = await asked(scenes, 'ARRIVED')
    return { scene, path: `/placements/${scene.placementId}/extension-refusal` }
  },

  readHosts: plain('/hosts?limit=5'),
  readHostRecord: async (scenes) => {
    const scene = await scenes.scene({ state: 'WAITING' })
    return { scene, path: `/hosts/${scene.hostId}` }
  },
  recordVisit: async (scenes) => {
    const scene = await scenes.scene({ state: 'WAITING' })
    const body = { version: await scenes.versionOf('host', scene.hostId), doneOn: await scenes.day(0), seen: true, homes: [scene.homeId] }
    return { scene, path: `/hosts/${scene.hostId}/visits`, body }
  },
  recordReference: async (scenes) => {
    const scene = await scenes.scene({ state: 'WAITING' })
    const body = { version: await scenes.versionOf('host', scene.hostId), doneOn: await scenes.day(-3), referee: 'Neighbour', apart: true }
    return { scene, path: `/hosts/${scene.hostId}/references`, body }
  },
}
