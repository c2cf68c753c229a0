import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { CORPUS_FOLDER } from '../../traces/corpus-manifest.ts';
import { packageRoot } from '../package-root.ts';

interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

async function explain(file: string, ...args: readonly string[]): Promise<Ran> {
  return run('explain', file, ...args);
}

async function run(...args: readonly string[]): Promise<Ran> {
  const execute = promisify(execFile);
  const command = [join(packageRoot(), 'bin/raftcheck.js'), ...args];
  try {
    const { stdout, stderr } = await execute(process.execPath, command, { cwd: CORPUS_FOLDER });
    return { stdout, stderr, exitCode: 0 };
  } catch (error) {
    const [stdout, stderr, code] = ['stdout', 'stderr', 'code'].map((name) =>
      Reflect.get(Object(error), name),
    );
    return { stdout: String(stdout), stderr: String(stderr), exitCode: Number(code) };
  }
}

const folder = mkdtempSync(join(tmpdir(), 'raftcheck-explain-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A run of one line with two actions; the second is rejected unless it sends the index of an empty log. */
function compoundLine(name: string, lastLogIndex: number): string {
  const lines = [
    {
      format: 'raftcheck-trace',
      version: 1,
      protocol: 'raft',
      run: 'compound',
      servers: ['s1', 's2', 's3'],
      configuration: { voters: ['s1', 's2', 's3'] },
      features: ['atomicPersistence'],
      observed: ['currentTerm', 'votedFor', 'log', 'role', 'commitIndex', 'votesGranted'],
    },
    {
      server: 's1',
      seq: 1,
      actions: ['Timeout', 'RequestVote'],
      state: { currentTerm: 1, votedFor: 's1', role: 'candidate' },
      sends: [
        {
          id: 's1:2.0',
          from: 's1',
          to: 's2',
          type: 'RequestVoteRequest',
          term: 1,
          lastLogIndex,
          lastLogTerm: 0,
        },
      ],
    },
    { end: true, events: 1 },
  ];
  const path = join(folder, name);
  writeFileSync(path, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
  return path;
}

describe('raftcheck explain', () => {
  it('shows a forbidden action: each conjunct, what it saw, and what the other actions need', async () => {
    const { stdout, exitCode } = await explain('rejected/bug-commit-old-term.ndjson', '--line', '145');
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      [
        '[rejected] rejected/bug-commit-old-term.ndjson:145  s1  AdvanceCommitIndex',
        '',
        'recorded',
        '  seq = 66',
        '  state = {"commitIndex":2}',
        '',
        's1 before the event',
        '  currentTerm = 3',
        '  votedFor = "s1"',
        '  log = {"length":2,"from":1,"entries":[{"term":1,"command":"x=1"},{"term":1,"command":"x=2"}]}',
        '  role = "leader"',
        '  commitIndex = 0',
        '  votesGranted = []',
      ].join('\n'),
    );
    expect(stdout).toContain(
      [
        'AdvanceCommitIndex, conjunct by conjunct',
        '  TRUE   role[s] = Leader  spec/raft/Replication.tla:136, in AdvanceCommitIndex',
        '         role[s] = "leader", s = "s1"',
        '  TRUE   i \\in (commitIndex[s] + 1)..LastIndex(log[s])  spec/raft/Replication.tla:137, in AdvanceCommitIndex',
        '         i = 2, (commitIndex[s] + 1)..LastIndex(log[s]) = 1..2, commitIndex[s] = 0, LastIndex(log[s]) = 2, s = "s1"',
        '  FALSE  log[s][i].term = currentTerm[s]  spec/raft/Replication.tla:138, in AdvanceCommitIndex',
        '         log[s][i].term = 1, currentTerm[s] = 3, s = "s1", i = 2',
      ].join('\n'),
    );
    expect(stdout).toContain(
      [
        '  disabled  BecomeLeader(s1)',
        '            FALSE  role[s] = Candidate  spec/raft/Election.tla:106, in BecomeLeader',
        '                   role[s] = "leader", s = "s1"',
        '  enabled   ClientRequest(s1, "...")',
      ].join('\n'),
    );
    expect(stdout).toContain('  disabled  Persist(s1, ...): no write is pending');
  });

  it('shows where an action leads elsewhere, and what is in flight', async () => {
    const { stdout, exitCode } = await explain('rejected/log-missing.ndjson', '--line', '17');
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      'in flight to s2\n  s1:8.0  {"type":"AppendEntriesRequest","from":"s1","to":"s2"',
    );
    expect(stdout).toContain(
      'what differs\n  log: expected {"keep":0,"append":[{"term":1,"noop":true}]}, not mentioned\n',
    );
  });

  it.each([
    ['bug-commit-old-term.ndjson', 145],
    ['log-missing.ndjson', 17],
    ['vote.ndjson', 6],
    ['leader-early.ndjson', 10],
  ])('says of %s all that check says', async (name, line) => {
    const path = `rejected/${name}`;
    const checked = await run('check', path);
    const rows = checked.stdout
      .split('\n')
      .slice(2, -1)
      .map((row) => row.trim().replace(/ +/g, ' '));
    const said = rows
      .filter((row) => !/^(again|note) /.test(row))
      .map((row) => row.replace(/^(conjunct|saw) /, ''));
    const { stdout } = await explain(path, '--line', String(line));
    const shown = stdout.split('\n').map((row) => row.trim().replace(/ +/g, ' '));
    expect(said.length).toBeGreaterThan(3);
    expect(said.filter((row) => !shown.some((each) => each.endsWith(row)))).toEqual([]);
  });

  it('shows an accepted event with what it changes, and where UNCHANGED stands', async () => {
    const { stdout, exitCode } = await explain(
      'recorded/real-cluster',
      '--file',
      's2.ndjson',
      '--line',
      '40',
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain('[accepted] recorded/real-cluster/s2.ndjson:40  s2  BecomeLeader');
    expect(stdout).toContain('  UNCHANGED persistentVariables  spec/raft/Election.tla:113, in BecomeLeader');
    expect(stdout).toContain('what it changes\n  role: "candidate" -> "leader"\n');
  });

  it.each([
    [
      2,
      'pending[1]: new, {"log":{"length":0,"from":1,"entries":[]},"currentTerm":1,"votedFor":"s1","promised":[]}',
    ],
    [3, 'pending[1].promised: [] -> ["s1:2.0"]'],
    [5, 'disk.currentTerm: 0 -> 1\n  disk.votedFor: null -> "s1"\n  pending: 1 write -> none'],
  ])('shows the writes and the disk as the trace has them: line %d', async (line, text) => {
    const { stdout } = await explain('accepted/leader-crash.ndjson', '--line', `${line}`);
    expect(stdout.slice(stdout.indexOf('what it changes'))).toContain(`  ${text}\n`);
  });

  it('explains the event that is rejected before the one that was asked for', async () => {
    const { stdout } = await explain('rejected/vote.ndjson', '--line', '12', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      format: 'raftcheck-explain',
      version: 1,
      asked: { file: 'rejected/vote.ndjson', line: 12 },
      line: 6,
      server: 's2',
      verdict: 'rejected',
      differences: [{ variable: 'votedFor', expected: 's1', recorded: 's3' }],
      rejection: { code: 'RC3202' },
    });
  });

  it('of two actions in one line explains the rejected one, else both', async () => {
    const bad = await explain(compoundLine('rejected.ndjson', 7), '--line', '2', '--json');
    expect(bad.exitCode).toBe(1);
    const rejected = JSON.parse(bad.stdout);
    expect(rejected).toMatchObject({ line: 2, action: 'RequestVote', verdict: 'rejected' });
    expect([rejected.asked, rejected.second]).toEqual([undefined, undefined]);

    const path = compoundLine('accepted.ndjson', 0);
    const good = await explain(path, '--line', '2');
    expect(good.exitCode).toBe(0);
    expect(good.stdout.split('\n').filter((line) => line.startsWith('['))).toEqual([
      `[accepted] ${path}:2  s1  Timeout`,
      `[accepted] ${path}:2  s1  RequestVote`,
    ]);
    const accepted = JSON.parse((await explain(path, '--line', '2', '--json')).stdout);
    expect(accepted).toMatchObject({ action: 'Timeout', second: { action: 'RequestVote', position: 1 } });
  });

  it('rejects what check rejects by the id of a message, though it is a step of the spec', async () => {
    const path = join(packageRoot(), 'checker/check/recordings/twin-released.ndjson');
    const { stdout, exitCode } = await explain(path, '--line', '19');
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`[rejected] ${path}:19  s2  Persist\n`);
    expect(stdout).toContain('RC2014    Persist releases s2:5.0, and s2:3.0 waited for these writes\n');
    const later = await explain(path, '--line', '20', '--json');
    expect(later.exitCode).toBe(1);
    expect(JSON.parse(later.stdout)).toMatchObject({
      asked: { line: 20 },
      line: 19,
      verdict: 'rejected',
      rejection: { code: 'RC2014', engine: 'replay' },
    });
  });

  it('knows messages that nobody recorded, and events of the network', async () => {
    const unrecorded = await explain('accepted/unrecorded-server.ndjson', '--line', '8', '--json');
    expect(JSON.parse(unrecorded.stdout)).toMatchObject({ verdict: 'accepted' });
    const five = await explain('accepted/five-servers.ndjson', '--line', '3', '--json');
    expect(JSON.parse(five.stdout)).toMatchObject({ verdict: 'accepted', line: 3 });
  });

  it('refuses what is no event', async () => {
    const messages = [
      await explain('accepted/leader-crash.ndjson', '--line', '1'),
      await explain('accepted/leader-crash.ndjson', '--line', '115'),
      await explain('accepted/leader-crash.ndjson', '--line', '9999'),
      await explain('rejected/vote.ndjson', '--line', '1'),
      await explain('rejected/vote.ndjson', '--line', '9999'),
      await explain('recorded/real-cluster', '--line', '3'),
      await explain('recorded/real-cluster', '--line', '3', '--file', 's9.ndjson'),
      await explain('rejected', '--line', '3'),
      await explain('rejected/vote.ndjson', '--line', '3', '--spec', 'accepted'),
    ].map(({ stderr, exitCode }) => `${exitCode} ${stderr.split('\n')[0]}`);
    expect(messages).toEqual([
      '2 error RC6002: line 1 of accepted/leader-crash.ndjson is the header, no event',
      '2 error RC6002: line 115 of accepted/leader-crash.ndjson is its end line, no event',
      '2 error RC6002: accepted/leader-crash.ndjson has no event on line 9999',
      '2 error RC6002: line 1 of rejected/vote.ndjson is the header, no event',
      '2 error RC6002: rejected/vote.ndjson has no event on line 9999',
      '2 error RC6002: recorded/real-cluster has several files, and each has its own lines',
      '2 error RC6002: s9.ndjson is not among the files of recorded/real-cluster',
      '2 error RC6002: rejected holds several runs',
      '2 error RC6104: accepted is no spec to check traces against: it has no RaftTrace.tla',
    ]);
  });
}, 60_000);
