import { readdir, readFile } from 'node:fs/promises'

/** Who is whose child on this machine, as Linux tells it. */
async function parents(): Promise<Map<number, number>> {
  const found = new Map<number, number>()
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    // gone between the listing and the reading: not ours to kill
    const line = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '')
    const [, parent] = line.slice(line.lastIndexOf(')') + 2).split(' ')
    if (parent !== undefined) found.set(Number(entry), Number(parent))
  }
  return found
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // it has gone by itself
  }
}

/**
 * SIGKILL to every process of a server, as a machine that loses it would: the postmaster is stopped first, so that no
 * backend is born between looking and killing, and none is left to write on.
 *
 * @returns how many processes there were.
 */
export async function killEverything(postmaster: number): Promise<number> {
  signal(postmaster, 'SIGSTOP')
  const children = [...(await parents())].filter(([, parent]) => parent === postmaster).map(([pid]) => pid)
  for (const pid of [...children, postmaster]) signal(pid, 'SIGKILL')
  return children.length + 1
}
