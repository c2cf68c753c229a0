/**
 * Writes traces/corpus: `npm run corpus`. The accepted traces are simulated; the rejected ones are one of them with
 * one thing changed, or runs with a planted bug. What must be found in each is written down here, not taken from
 * the checker: the test of the corpus holds the engines against it.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BugName } from '../../impl/simulator/bugs.ts';
import { FAULTS } from '../../impl/simulator/faults.ts';
import { headerOf, type SimulationPlan, simulate } from '../../impl/simulator/simulate.ts';
import type { CorpusCause, CorpusManifest, CorpusTrace } from '../../traces/corpus-manifest.ts';
import { CORRUPTIONS, type Line } from './corruptions.ts';
import { fromMidLife, withoutServer } from './partial-recordings.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'traces', 'corpus');
const VERSION = '0.1.0';

type Course = SimulationPlan['course'];

const drawn = (seed: number, servers: number, events: number): Course => ({
  type: 'drawn',
  servers,
  seed,
  events,
  faults: new Set(FAULTS),
});
const scenario = (name: 'leader-crash' | 'figure-8' | 'figure-8-commit'): Course => ({
  type: 'scenario',
  name,
});

const ACCEPTED: readonly (readonly [string, string, Course])[] = [
  [
    'leader-crash',
    'a leader crashes with uncommitted entries and comes back as a follower',
    scenario('leader-crash'),
  ],
  ['figure-8', 'Figure 8 (a) to (d): an entry that is on a majority is overwritten', scenario('figure-8')],
  [
    'figure-8-commit',
    'Figure 8 (a) to (c) and (e): S5 can no longer be elected',
    scenario('figure-8-commit'),
  ],
  ['three-servers', 'three servers, all faults', drawn(3, 3, 400)],
  ['five-servers', 'five servers, all faults', drawn(5, 5, 400)],
  ['crashes', 'three servers, many crashes with torn writes', drawn(8, 3, 600)],
];

/** Runs with a planted bug: where it first shows was found by hand, in the trace. */
const PLANTED: readonly {
  bug: BugName;
  course: Course;
  line: number;
  server: string;
  action: string;
  cause: CorpusCause;
  shows: string;
}[] = [
  {
    bug: 'commit-old-term',
    course: scenario('figure-8-commit'),
    line: 145,
    server: 's1',
    action: 'AdvanceCommitIndex',
    cause: { definition: 'AdvanceCommitIndex', conjunct: 'log[s][i].term = currentTerm[s]' },
    shows: 'the leader of term 3 commits entry 2, which is of term 1',
  },
];

/** Made by real processes, so not made again here: `raftcheck cluster --kill-at write,fsync,persist-record`. */
const RECORDED: readonly CorpusTrace[] = [
  {
    file: 'recorded/real-cluster',
    description:
      'three processes, killed with SIGKILL between write and fsync, and between fsync and its record',
    verdict: 'accepted',
  },
];

function record(plan: Omit<SimulationPlan, 'checkInvariants' | 'trace'>): Line[] {
  const lines: Line[] = [toLine(headerOf({ ...plan, checkInvariants: true }, VERSION))];
  simulate({ ...plan, checkInvariants: true, trace: (event) => lines.push(toLine(event)) });
  lines.push({ end: true, events: lines.length - 1 });
  return lines;
}

function toLine(value: unknown): Line {
  return JSON.parse(JSON.stringify(value));
}

function write(file: string, lines: readonly Line[]): string {
  writeFileSync(join(FOLDER, file), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return file;
}

function expectedAt(lines: readonly Line[], line: number) {
  const { server, action } = lines[line - 1] ?? {};
  return { line, server: typeof server === 'string' ? server : null, action: String(action) };
}

function main(): void {
  rmSync(join(FOLDER, 'accepted'), { recursive: true, force: true });
  rmSync(join(FOLDER, 'rejected'), { recursive: true, force: true });
  for (const folder of ['accepted', 'rejected']) mkdirSync(join(FOLDER, folder), { recursive: true });
  const accepted: CorpusTrace[] = ACCEPTED.map(([name, description, course]) => ({
    file: write(`accepted/${name}.ndjson`, record({ course })),
    description,
    verdict: 'accepted',
  }));
  const leaderCrash = record({ course: scenario('leader-crash') });
  const partial: readonly CorpusTrace[] = [
    {
      file: write('accepted/mid-life.ndjson', fromMidLife(leaderCrash, 30)),
      description: 'leader-crash, recorded from the middle on: the states before are assumed',
      verdict: 'accepted',
    },
    {
      file: write('accepted/unrecorded-server.ndjson', withoutServer(leaderCrash, 's3')),
      description: 'leader-crash, of which s3 recorded nothing: its messages are assumed',
      verdict: 'accepted',
    },
  ];
  const corrupted: CorpusTrace[] = CORRUPTIONS.map(({ name, description, cause, apply }) => {
    const lines = record({ course: scenario('leader-crash') });
    const line = apply(lines);
    return {
      file: write(`rejected/${name}.ndjson`, lines),
      description,
      verdict: 'rejected',
      base: 'accepted/leader-crash.ndjson',
      rejection: { ...expectedAt(lines, line), cause },
      seenBy: ['replay', 'tlc'],
    };
  });
  const planted: CorpusTrace[] = PLANTED.map(({ bug, course, line, server, action, cause, shows }) => ({
    file: write(`rejected/bug-${bug}.ndjson`, record({ course, bug })),
    description: `planted bug ${bug}: ${shows}`,
    verdict: 'rejected',
    rejection: { line, server, action, cause },
    seenBy: ['replay', 'tlc'],
  }));
  const manifest: CorpusManifest = {
    traces: [...accepted, ...partial, ...RECORDED, ...corrupted, ...planted],
  };
  writeFileSync(join(FOLDER, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

main();
