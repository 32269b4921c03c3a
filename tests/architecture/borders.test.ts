import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { directivesIn, firstImport, opensWith, strangeExports } from './doors'
import { countLines, listCode, listFiles, median, nameOf, parse, read, walk } from './tree'

const PRODUCT = ['app', 'components', 'lib']
/** Server files: read a secret, the database, the network or the environment. Pure files and `state` are for both sides. */
const SERVER_ONLY = [
  /^lib\/[^/]+\/(queries|commands|session|adapter|options|deliver|email|telegram|push|outbox|worker)(\.ts$|\/)/,
  /^lib\/db\/(client|function|transaction|locks|migrate|embedded)\.ts$/,
  /^lib\/privacy\//,
  /^lib\/actions\/(define-action|rate-limit)\.ts$/,
  /^lib\/api\/(serve|admit|problem)\.ts$/,
  /^lib\/auth\/(bearer|tokens)\.ts$/,
  /^lib\/(log|time\/clock)\.ts$/,
]
/** Written so that this very line does not match. */
const MACHINE_PATH = /(?<![\w.\]@)*-])\/(root|work|Users)\/[\w.]|[A-Z]:\\Users\\|localhost:48\d\d/

function functionLengths(path: string): number[] {
  const source = parse(path)
  const line = (position: number) => source.getLineAndCharacterOfPosition(position).line
  return walk(source)
    .filter((node) => ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isFunctionExpression(node))
    .map((node) => line(node.end) - line(node.getStart(source)) + 1)
}

describe('borders', () => {
  test('server files say so first, so that no browser bundle can take them in', () => {
    const server = listCode('lib').filter((path) => SERVER_ONLY.some((pattern) => pattern.test(path)))
    expect(server.filter((path) => firstImport(parse(path)) !== 'server-only')).toEqual([])
  })

  test('an action file begins with its directive and exports what defineAction made, nothing else', () => {
    const actions = listCode('app').filter((path) => nameOf(path) === 'actions')
    const faults = actions.flatMap((path) => {
      const source = parse(path)
      const silent = opensWith(source, 'use server') ? [] : [`${path}: no 'use server'`]
      return [...silent, ...strangeExports(source).map((name) => `${path}: ${name}`)]
    })
    expect(faults).toEqual([])
  })

  test('no other file opens a door to the server', () => {
    const others = listCode(...PRODUCT).filter((path) => !(path.startsWith('app/') && nameOf(path) === 'actions'))
    expect(others.filter((path) => directivesIn(parse(path)).includes('use server'))).toEqual([])
  })

  test('no file is longer than 250 lines', () => {
    const long = listCode(...PRODUCT).map((path) => ({ path, lines: countLines(path) })).filter(({ lines }) => lines > 250)
    expect(long).toEqual([])
  })

  test('no file names the machine it was written on', () => {
    expect(listFiles().filter((path) => path !== 'package-lock.json' && MACHINE_PATH.test(read(path)))).toEqual([])
  })

  test('the shape in numbers: files near 60 lines, functions near 10', () => {
    const files = listCode(...PRODUCT)
    const functions = files.flatMap(functionLengths)
    const report = `${String(files.length)} files, median ${String(median(files.map(countLines)))} lines; `
      + `${String(functions.length)} functions, median ${String(median(functions))}, longest ${String(Math.max(0, ...functions))} lines`
    console.log(report)
    expect(report).toContain('median')
  })
})
