import { readdirSync, readFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const SKIPPED = new Set(['node_modules', '.git', '.next', '.data', '.test', 'generated', 'test-results', 'playwright-report'])
const TEXT = /\.(ts|tsx|mjs|cjs|json|sql|prisma|md|css|svg|yml|yaml|txt|html)$|(^|\/)(\.env\.example|\.gitignore|LICENSE|run)$/

/** Paths of all text files of the project below `folder`, relative to its root, sorted; generated ones left out. */
export function listFiles(folder = ''): string[] {
  const found: string[] = []
  const waiting = [folder]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of entriesOf(next)) {
      const path = next === '' ? entry.name : `${next}/${entry.name}`
      if (SKIPPED.has(entry.name)) continue
      if (entry.isDirectory()) waiting.push(path)
      else if (TEXT.test(path)) found.push(path)
    }
  }
  return found.sort()
}

function entriesOf(folder: string) {
  try {
    return readdirSync(`${ROOT}${folder}`, { withFileTypes: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** TypeScript files below the folders, declarations left out. */
export function listCode(...folders: string[]): string[] {
  return folders.flatMap((folder) => listFiles(folder)).filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
}

export function read(path: string): string {
  return readFileSync(`${ROOT}${path}`, 'utf8')
}

export function countLines(path: string): number {
  return read(path).replace(/\n$/, '').split('\n').length
}

/** File name without folder and endings: `day` for `lib/time/day.ts`. */
export function nameOf(path: string): string {
  return basename(path, extname(path))
}

/** A file's syntax; `text` stands in for what is on the disk. */
export function parse(path: string, text = read(path)): ts.SourceFile {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind)
}

/** Every node of a tree, parents first. */
export function walk(node: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = []
  const visit = (part: ts.Node) => {
    nodes.push(part)
    ts.forEachChild(part, visit)
  }
  visit(node)
  return nodes
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
