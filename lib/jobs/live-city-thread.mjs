// The first file of the thread that keeps places ready. Ours are TypeScript, and a thread does not take over what its process was started with.
import './give-way.mjs'
import { register } from 'tsx/esm/api'

register()
await import('./live-worker.ts')
