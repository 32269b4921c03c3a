import { closeSync, openSync, writeSync } from 'node:fs'
import { Pool } from 'pg'
import { writeEntry } from '../journal'
import type { Hand } from './attempt'
import type { Crowd } from './crowd'
import { dice, seedOf } from './dice'
import { Memory } from './memory'
import type { Unknowns } from '../unknowns'
import { soakWorker } from './worker'

/** What one process of a soak does: so many people, from one seed, into one journal. */
export interface ClientOrder {
  crowd: Crowd
  seed: number
  workers: number
  journal: string
  /** The owner's connection, for what no command does. */
  owner: string
  /** Attempts of the whole process; null: until it is told to finish. */
  operations: number | null
}

export interface ClientReport {
  /** Attempts by deed and outcome. */
  tally: Record<string, number>
  unknowns: Unknowns
}

/**
 * Lets several people of one process do things until their number is done or `isOver`.
 *
 * @param onDone called after each attempt with what it came to.
 */
export async function soakClient(order: ClientOrder, isOver: () => boolean, onDone: (ok: boolean) => void): Promise<ClientReport> {
  const report: ClientReport = { tally: {}, unknowns: { committed: 0, notCommitted: 0 } }
  const file = openSync(order.journal, 'a')
  const owner = new Pool({ connectionString: order.owner, max: 1 })
  owner.on('error', () => undefined)
  const memory = new Memory(order.crowd)
  let done = 0
  const told = {
    onAnswer: (name: string, outcome: string) => {
      const line = `${name}: ${outcome}`
      report.tally[line] = (report.tally[line] ?? 0) + 1
      done += 1
      onDone(outcome === 'OK')
    },
    onUnknown: ({ committed, notCommitted }: Unknowns) => {
      report.unknowns.committed += committed
      report.unknowns.notCommitted += notCommitted
    },
  }
  const handOf = (index: number): Hand => ({
    dice: dice(seedOf(order.seed, index)), memory, crowd: order.crowd,
    asOwner: (statement, values) => owner.query(statement, values),
    // into the kernel before the next deed begins: what a killed process was told is not forgotten
    write: (entry) => { writeSync(file, writeEntry(entry)) },
  })
  const enough = () => isOver() || (order.operations !== null && done >= order.operations)
  await Promise.all(Array.from({ length: order.workers }, (_, index) => soakWorker(handOf(index), told)(enough)))
  await owner.end()
  closeSync(file)
  return report
}
