import { Pool } from 'pg'
import { loadBigWorld } from './big-world'
const { startEmbedded } = await import('@/lib/db/embedded')
const { migrateDatabase } = await import('@/lib/db/migrate')
const { syncPlaces } = await import('@/lib/db/places-sync')
const { writeFileSync } = await import('node:fs')
const server = await startEmbedded({ dataDir: '/tmp/qonaq-scratch/postgres', password: 'x', settings: ['fsync=off'] })
const { connectionString } = server
await migrateDatabase({ connectionString }); await syncPlaces({ connectionString })
const pool = new Pool({ connectionString, max: 1 })
await loadBigWorld(pool, { rooms: 50_000, holdsPerRoom: 2, waiting: 2000 })
await pool.end()
writeFileSync('/tmp/qonaq-scratch/url', connectionString)
console.log('ready', connectionString)
setInterval(() => undefined, 1e6)
