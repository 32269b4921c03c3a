// Writes what is generated and not kept in git: the database client and Next's route types. Runs after every install.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

function run(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    // Prisma's command would download its schema engine, which `generate` never calls: any program will do
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
  })
  if (status === 0) return
  process.stderr.write(`${stdout}${stderr}`)
  process.exit(1)
}

if (existsSync('prisma/schema.prisma')) run(['node_modules/prisma/build/index.js', 'generate'])
if (existsSync('app')) run(['node_modules/next/dist/bin/next', 'typegen'])
