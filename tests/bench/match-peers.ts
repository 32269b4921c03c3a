/**
 * Other exact solvers on the same edges: npm `highs`, which installs everywhere, and what of Python's is present. Each
 * maximises `big` * weight + fit, so that all answer the same question; seconds are of cpu, in the solver alone.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import loadHighs from 'highs'
import type { Edges } from '@/lib/matching/optimum/edges'
import { cpuSeconds } from './match-clock'

export interface PeerAnswer {
  weight: number
  fit: number
  cpuSeconds: number
}

/** The linear program: one column for each edge, one row for each arrival and each room that is at most taken once. */
export async function solveWithHighs(edges: Edges, big: number): Promise<PeerAnswer> {
  const { arrivals, rooms, weights, starts, roomOf, fits } = edges
  const columns = roomOf.length
  const columnStarts = Int32Array.from({ length: columns + 1 }, (_, column) => 2 * column)
  const rows = new Int32Array(2 * columns)
  const use = new Float64Array(columns)
  const arrivalOf = new Int32Array(columns)
  for (let arrival = 0; arrival < arrivals; arrival += 1) {
    for (let edge = starts[arrival]!; edge < starts[arrival + 1]!; edge += 1) {
      rows.set([arrival, arrivals + roomOf[edge]!], 2 * edge)
      use[edge] = big * weights[arrival]! + fits[edge]!
      arrivalOf[edge] = arrival
    }
  }
  const highs = await loadHighs()
  const rowCount = arrivals + rooms
  const model = highs.createModel({
    numCols: columns, numRows: rowCount, sense: -1 as never, colCost: use,
    colLower: new Float64Array(columns), colUpper: new Float64Array(columns).fill(1),
    rowLower: new Float64Array(rowCount).fill(-highs.infinity), rowUpper: new Float64Array(rowCount).fill(1),
    matrix: { format: 'csc', numRows: rowCount, numCols: columns, starts: columnStarts, indices: rows, values: new Float64Array(2 * columns).fill(1) },
  })
  try {
    model.options.set('output_flag', false)
    const begun = cpuSeconds()
    model.run()
    const seconds = cpuSeconds() - begun
    const { colValue } = model.getSolution()
    const answer = { weight: 0, fit: 0, cpuSeconds: seconds }
    colValue.forEach((share, edge) => {
      if (share < 0.5) return
      answer.weight += weights[arrivalOf[edge]!]!
      answer.fit += fits[edge]!
    })
    return answer
  } finally {
    model.dispose()
  }
}

/** Each prints `weight fit seconds`, or nothing where its package is missing. */
const PYTHON: Readonly<Record<string, string>> = {
  scipy: `
import sys, time, numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching as solve
n, m, k, big = (int(x) for x in sys.argv[2:6])
w = np.fromfile(sys.argv[1] + '/weights'); s = np.fromfile(sys.argv[1] + '/starts', np.int32)
r = np.fromfile(sys.argv[1] + '/rooms', np.int32); f = np.fromfile(sys.argv[1] + '/fits', np.int32)
a = np.repeat(np.arange(n), np.diff(s)); top = big * w.max() + f.max() + 1
# whoever goes without has a place of their own, worth nothing; the solver wants costs that are not zero
cost = np.concatenate([top - (big * w[a] + f), np.full(n, top)])
graph = csr_matrix((cost, (np.concatenate([a, np.arange(n)]), np.concatenate([r, m + np.arange(n)]))), shape=(n, m + n))
t = time.process_time(); i, j = solve(graph); t = time.process_time() - t
worth = top - np.asarray(graph[i, j]).ravel(); worth = worth[j < m]; weight = np.floor(worth / big)
print(int(weight.sum()), int((worth - weight * big).sum()), t)
`,
  'or-tools': `
import sys, time, numpy as np
from ortools.graph.python import linear_sum_assignment
n, m, k, big = (int(x) for x in sys.argv[2:6])
w = np.fromfile(sys.argv[1] + '/weights').astype(np.int64); s = np.fromfile(sys.argv[1] + '/starts', np.int32)
r = np.fromfile(sys.argv[1] + '/rooms', np.int32); f = np.fromfile(sys.argv[1] + '/fits', np.int32).astype(np.int64)
a = np.repeat(np.arange(n), np.diff(s)); use = big * w[a] + f; z = np.arange(n); y = np.arange(m)
# a square of n + m: each arrival may go to a place of its own, each room may go to a guest of its own, and those pair freely
left = np.concatenate([a, z, n + y, n + r]); right = np.concatenate([r, m + z, y, m + a])
cost = np.concatenate([-use, np.zeros(n + m, np.int64), np.zeros(k, np.int64)])
solver = linear_sum_assignment.SimpleLinearSumAssignment(); solver.add_arcs_with_cost(left, right, cost)
t = time.process_time(); solver.solve(); t = time.process_time() - t
total = -solver.optimal_cost()
print(total // big, total % big, t)
`,
}

/** Answers of the Python solvers that are present, by name. */
export function solveWithPython(edges: Edges, big: number): Record<string, PeerAnswer> {
  const folder = mkdtempSync(join(tmpdir(), 'qonaq-peers-'))
  try {
    writeFileSync(join(folder, 'weights'), Float64Array.from(edges.weights))
    writeFileSync(join(folder, 'starts'), edges.starts)
    writeFileSync(join(folder, 'rooms'), edges.roomOf)
    writeFileSync(join(folder, 'fits'), edges.fits)
    const sizes = [edges.arrivals, edges.rooms, edges.roomOf.length, big].map(String)
    return Object.fromEntries(Object.entries(PYTHON).flatMap(([name, program]) => {
      const { status, stdout } = spawnSync('python3', ['-c', program, folder, ...sizes], { encoding: 'utf8', maxBuffer: 2 ** 20 })
      if (status !== 0) return []
      const [weight, fit, seconds] = stdout.trim().split(' ').map(Number)
      return [[name, { weight: weight!, fit: fit!, cpuSeconds: seconds! }]]
    }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
