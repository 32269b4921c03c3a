import type { RacedPair } from './run-races'

const HEAD = `# Races

Two people press at the same moment. Whatever two transitions meet over one placement, one arrival, one room or one opening,
what comes of it is what comes of one after the other: the same answers and the same rows, no deadlock, no error, and every
statement of \`npm run check:invariants\` holds afterwards.

\`tests/integration/races.test.ts\` lets each of these pairs meet on fresh rows, six times: one after the other in both orders,
which gives the two legal outcomes; a hair apart in both orders; and truly together in both orders, when both wait behind a third
connection that holds the rows and lets go of them at once. The host's own forms go through the commands; the other
transitions are called as the commands call them, without their retries, so that a deadlock would be seen.

"Stay" says how far the guest's stay in the room has come before they meet: FREE where there is none yet. It was proposed for
nights from yesterday on; where one of the two is about to give a yes, all others were given before. Each answer is \`OK\` or
the reason the screen shows. \`propose\` asks for the room, for the guest where it is free and for a rival where it is not;
\`propose elsewhere\` asks another home for the same guest; \`propose many\` asks for both at once, and \`OK\` there says
only that it was answered, proposal by proposal. \`NOTHING\` is a clock that found nothing to do.

Made by the test with \`RACES_DOCS=1\`; it fails when this table is old.

| on the same | one | other | stay | one first | other first |
| --- | --- | --- | --- | --- | --- |
`

/** The pairs with their legal outcomes, as `docs/races.md` shows them. */
export function raceTable(pairs: readonly RacedPair[]): string {
  const rows = pairs.map(({ one, other, on, before, legal: [oneFirst, otherFirst] }) => (
    `| ${on} | ${one} | ${other} | ${before} | ${oneFirst} | ${otherFirst} |`))
  return `${HEAD}${rows.join('\n')}\n`
}
