import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PartReport } from './part'
import { conclude, PROMISED, type Concluded } from './report'

// What a run leaves in its folder: `run` says which run it is, and each part has a file.

/** How long a run is: everything, the short form of `npm test`, or a slice of some seconds. */
export type Length = 'full' | 'short' | { seconds: number }

/** Which run it is. */
export interface Title {
  seed: number
  length: Length
  /** What is run: the product's version. */
  version: string
}

export interface Kept extends Title {
  /** Where parts leave their reports as they end, so that a run that is cut keeps what it has. */
  folder: string
  /** True: it goes on where another of the same seed, length and version was cut. */
  goOn: boolean
}

const fileOf = (folder: string, name: string) => join(folder, `${name}.json`)
const titleFile = (folder: string) => join(folder, 'run')

/** What a run that goes on finds under this name; else it is done now, and stands there. */
export async function onceIn<Done>({ folder, goOn }: Pick<Kept, 'folder' | 'goOn'>, name: string, work: () => Promise<Done>): Promise<Done> {
  const kept = goOn ? await readFile(fileOf(folder, name), 'utf8').catch(() => null) : null
  if (kept !== null) return JSON.parse(kept) as Done
  const done = await work()
  await writeFile(fileOf(folder, name), JSON.stringify(done, null, 1))
  return done
}

/** Empties the folder for a new run, or finds in it what a cut run of the same kind has left. @throws Error when it was another one. */
export async function openFolder({ folder, goOn, parts, seed, length, version }: Kept & { parts: readonly string[] | null }): Promise<void> {
  const title = JSON.stringify({ seed, length, version } satisfies Title)
  // what is merged later is of one run
  if (parts === null && !goOn) await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const before = await readFile(titleFile(folder), 'utf8').catch(() => title)
  if (goOn && before !== title) throw new Error(`${folder} is of another run: ${before}`)
  await writeFile(titleFile(folder), title)
}

/** A file that does not say its version is of the run that left the folder. */
function isOf({ seed, version }: Title, part: PartReport): boolean {
  return part.seed === seed && (part.version ?? version) === version
}

/** What a run at full length left in the folder, part by part, and which run it was. @throws Error when the parts are of several runs. */
export async function mergeParts(folder: string, names: readonly string[]): Promise<Concluded & { title: Title }> {
  const title = JSON.parse(await readFile(titleFile(folder), 'utf8')) as Title
  if (title.length !== 'full') throw new Error(`${folder} is of a run that was not at full length.`)
  const found = await Promise.all(names.map(async (name) => readFile(fileOf(folder, name), 'utf8').catch(() => null)))
  const parts = found.filter((text) => text !== null).map((text) => JSON.parse(text) as PartReport)
  const others = parts.filter((part) => !isOf(title, part)).map(({ name, seed, version }) => `${name} (seed ${seed}, version ${version ?? 'unknown'})`)
  if (others.length > 0) throw new Error(`${folder} is of seed ${title.seed} and version ${title.version}, but not all of it: ${others.join(', ')}`)
  return { ...conclude(parts, PROMISED.full), title }
}
