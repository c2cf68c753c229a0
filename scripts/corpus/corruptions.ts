import type { CorpusCause } from '../../traces/corpus-manifest.ts';

/** A line of a trace as JSON: the corruptions work on what stands in the file, not on what the types promise. */
export type Line = Record<string, unknown>;

/** One thing that is wrong with a trace, and where that must be noticed. */
export interface Corruption {
  readonly name: string;
  /** What was done to the trace, for people. */
  readonly description: string;
  /** What a diagnosis must name. */
  readonly cause: CorpusCause;
  /**
   * Changes the lines in place.
   *
   * @returns the line, from 1, at which the trace must be rejected
   */
  readonly apply: (lines: Line[]) => number;
}

type Path = readonly (string | number)[];

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (isObject(inner) ? Reflect.get(inner, key) : undefined), value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function put(value: unknown, path: Path, replacement: unknown): void {
  const holder = at(value, path.slice(0, -1));
  const key = path.at(-1);
  if (!isObject(holder) || key === undefined) throw new Error(`there is no ${path.join('.')} to corrupt`);
  Reflect.set(holder, key, replacement);
}

/** The position of the first line from `from` on for which this holds. */
function find(lines: readonly Line[], holds: (line: Line) => boolean, from = 0): number {
  const position = lines.findIndex((line, index) => index >= from && holds(line));
  if (position === -1) throw new Error('the trace has no line that fits');
  return position;
}

function is(action: string, ...paths: readonly Path[]): (line: Line) => boolean {
  return (line) => line['action'] === action && paths.every((path) => at(line, path) !== undefined);
}

/** The variable of the server, or the argument, that a path of an event leads to. */
function causeAt([part, name]: Path): CorpusCause {
  if (part === 'args') return { variable: `args.${String(name)}` };
  return { variable: part === 'log' ? 'log' : String(name) };
}

/** Changes one value of the first event that has it; noticed there. */
function change(
  name: string,
  description: string,
  action: string,
  path: Path,
  replace: (old: unknown) => unknown,
  alsoHas: readonly Path[] = [],
): Corruption {
  return {
    name,
    description,
    cause: causeAt(path),
    apply: (lines) => {
      const position = find(lines, is(action, path, ...alsoHas));
      put(lines[position], path, replace(at(lines[position], path)));
      return position + 1;
    },
  };
}

/** Takes one field away from the first event that has it; noticed there. */
function remove(name: string, description: string, action: string, path: Path): Corruption {
  return {
    name,
    description,
    cause: causeAt(path),
    apply: (lines) => {
      const position = find(lines, is(action, path));
      const holder = at(lines[position], path.slice(0, -1));
      const key = path.at(-1);
      if (!isObject(holder) || key === undefined) throw new Error('nothing to remove');
      Reflect.deleteProperty(holder, key);
      return position + 1;
    },
  };
}

/** Changes a field of a message where it is sent and where it is received; noticed where it is sent. */
function forge(
  name: string,
  description: string,
  action: string,
  field: string,
  replace: (old: unknown) => unknown,
  fits: (message: unknown) => boolean = () => true,
): Corruption {
  return {
    name,
    description,
    cause: { variable: 'sends', field },
    apply: (lines) => {
      const position = find(lines, (line) => is(action)(line) && fits(at(line, ['sends', 0])));
      const id = at(lines[position], ['sends', 0, 'id']);
      for (const line of lines) {
        for (const path of [['sends', 0], ['message']]) {
          if (at(line, [...path, 'id']) === id)
            put(line, [...path, field], replace(at(line, [...path, field])));
        }
      }
      return position + 1;
    },
  };
}

const more = (old: unknown): unknown => Number(old) + 1;
const another = (old: unknown): unknown => (old === 's3' ? 's2' : 's3');

/** Numbers each server's events anew after lines were dropped, repeated or swapped, and the ids of messages with them. */
function renumber(lines: Line[]): void {
  const counts = new Map<unknown, number>();
  const ids = new Map<unknown, string>();
  for (const line of lines) {
    if (typeof line['server'] !== 'string') continue;
    const seq = (counts.get(line['server']) ?? 0) + 1;
    counts.set(line['server'], seq);
    line['seq'] = seq;
    const id = at(line, ['sends', 0, 'id']);
    if (id !== undefined) ids.set(id, `${line['server']}:${seq}.0`);
  }
  for (const line of lines) {
    for (const path of [
      ['sends', 0, 'id'],
      ['message', 'id'],
      ['args', 'id'],
    ]) {
      const id = at(line, path);
      if (id !== undefined) put(line, path, ids.get(id) ?? id);
    }
    if (Array.isArray(line['releases'])) line['releases'] = line['releases'].map((id) => ids.get(id) ?? id);
    if (line['end'] === true) line['events'] = lines.length - 2;
  }
}

/** Moves, drops or repeats lines and numbers them anew. */
function reorder(
  name: string,
  description: string,
  cause: CorpusCause,
  apply: (lines: Line[]) => number,
): Corruption {
  return {
    name,
    description,
    cause,
    apply: (lines) => {
      const line = apply(lines);
      renumber(lines);
      return line;
    },
  };
}

const NO_QUORUM: CorpusCause = {
  definition: 'IsQuorum',
  conjunct: '2 * Cardinality(servers \\cap configuration.voters) > Cardinality(configuration.voters)',
};
const NO_CANDIDATE: CorpusCause = { definition: 'BecomeLeader', conjunct: 'role[s] = Candidate' };
const NOTHING_TO_COMMIT: CorpusCause = {
  definition: 'AdvanceCommitIndex',
  conjunct: 'i \\in (commitIndex[s] + 1)..LastIndex(log[s])',
};
const NOT_COMMITTED: CorpusCause = { definition: 'AppendEntries', conjunct: 'commit <= commitIndex[s]' };

/** One or more corruptions of every kind of thing that a trace records. They fit the trace `leader-crash`. */
export const CORRUPTIONS: readonly Corruption[] = [
  change('term', 'Timeout: currentTerm is one too high', 'Timeout', ['state', 'currentTerm'], more),
  change(
    'vote',
    'HandleRequestVoteRequest: votedFor is another candidate than the one that was granted the vote',
    'HandleRequestVoteRequest',
    ['state', 'votedFor'],
    another,
  ),
  change('role', 'BecomeLeader: the role is candidate', 'BecomeLeader', ['state', 'role'], () => 'candidate'),
  change(
    'follower-commit',
    'HandleAppendEntriesRequest: commitIndex is one too high',
    'HandleAppendEntriesRequest',
    ['state', 'commitIndex'],
    more,
  ),
  change(
    'leader-commit',
    'AdvanceCommitIndex: commitIndex is beyond what a majority holds',
    'AdvanceCommitIndex',
    ['state', 'commitIndex'],
    more,
  ),
  change(
    'entry-command',
    'HandleAppendEntriesRequest: the follower appends another command than the leader sent',
    'HandleAppendEntriesRequest',
    ['log', 'append', 0, 'command'],
    () => 'x=99',
  ),
  change(
    'entry-term',
    'HandleAppendEntriesRequest: the follower appends the entry with another term',
    'HandleAppendEntriesRequest',
    ['log', 'append', 0, 'term'],
    more,
  ),
  change(
    'log-keep',
    'HandleAppendEntriesRequest: the follower cuts off an entry that does not conflict',
    'HandleAppendEntriesRequest',
    ['log', 'keep'],
    (old) => Math.max(0, Number(old) - 1),
    [['log', 'append', 0, 'command']],
  ),
  change(
    'match-index',
    'HandleAppendEntriesResponse: matchIndex is one too high',
    'HandleAppendEntriesResponse',
    ['state', 'matchIndex', 's2'],
    more,
  ),
  change(
    'next-index',
    'HandleAppendEntriesResponse: nextIndex is not above matchIndex',
    'HandleAppendEntriesResponse',
    ['state', 'nextIndex', 's3'],
    () => 1,
    [['state', 'matchIndex']],
  ),
  change(
    'votes-granted',
    'HandleRequestVoteResponse: a vote is counted that did not arrive',
    'HandleRequestVoteResponse',
    ['state', 'votesGranted'],
    () => ['s2', 's3'],
  ),
  change(
    'restart-writes',
    'Restart: more writes survived than were pending',
    'Restart',
    ['args', 'writes'],
    () => 9,
  ),
  change(
    'restart-role',
    'Restart: the server comes back as leader',
    'Restart',
    ['state', 'role'],
    () => 'leader',
  ),
  change(
    'restart-log',
    'Restart: an entry that was on the disk is lost',
    'Restart',
    ['log', 'append'],
    (old) => (Array.isArray(old) ? old.slice(0, -1) : old),
  ),
  remove(
    'log-missing',
    'HandleAppendEntriesRequest: the follower acknowledges entries and does not append them',
    'HandleAppendEntriesRequest',
    ['log'],
  ),
  remove(
    'state-missing',
    'AdvanceCommitIndex at the leader: nothing is said to have changed at the follower that learns of it',
    'HandleAppendEntriesRequest',
    ['state', 'commitIndex'],
  ),
  forge(
    'vote-forged',
    'a refused vote is recorded as granted, where it is sent and where it is received',
    'HandleRequestVoteRequest',
    'voteGranted',
    (old) => old !== true,
  ),
  forge(
    'success-forged',
    'an acknowledgement is recorded as a refusal, where it is sent and where it is received',
    'HandleAppendEntriesRequest',
    'success',
    (old) => old !== true,
  ),
  forge(
    'previous-term-forged',
    'AppendEntries: prevLogTerm is not the term of that entry',
    'AppendEntries',
    'prevLogTerm',
    more,
    (message) => Number(at(message, ['prevLogIndex'])) > 0,
  ),
  forge(
    'leader-commit-forged',
    'AppendEntries: leaderCommit is beyond what the leader has committed',
    'AppendEntries',
    'leaderCommit',
    (old) => Number(old) + 5,
  ),
  forge(
    'last-log-forged',
    'RequestVote: the candidate claims a longer log than it has',
    'RequestVote',
    'lastLogIndex',
    (old) => Number(old) + 5,
  ),
  forge(
    'match-index-forged',
    'an acknowledgement claims an entry more than the request had',
    'HandleAppendEntriesRequest',
    'matchIndex',
    more,
    (message) => at(message, ['success']) === true,
  ),
  reorder(
    'leader-early',
    'BecomeLeader is recorded before the vote that decides the election',
    NO_QUORUM,
    (lines) => {
      const position = find(lines, is('BecomeLeader'));
      const vote = lines.findLastIndex(
        (line, index) => index < position && is('HandleRequestVoteResponse')(line),
      );
      lines.splice(vote, 0, ...lines.splice(position, 1));
      return vote + 1;
    },
  ),
  reorder('leader-twice', 'BecomeLeader is recorded twice', NO_CANDIDATE, (lines) => {
    const position = find(lines, is('BecomeLeader'));
    lines.splice(position + 1, 0, structuredClone(lines[position] ?? {}));
    return position + 2;
  }),
  reorder('commit-twice', 'AdvanceCommitIndex is recorded twice', NOTHING_TO_COMMIT, (lines) => {
    const position = find(lines, is('AdvanceCommitIndex'));
    lines.splice(position + 1, 0, structuredClone(lines[position] ?? {}));
    return position + 2;
  }),
  reorder(
    'commit-dropped',
    'an AdvanceCommitIndex is missing: the next request tells more than was committed',
    NOT_COMMITTED,
    (lines) => {
      const position = find(lines, is('AdvanceCommitIndex'));
      const [dropped] = lines.splice(position, 1);
      const committed = at(dropped, ['state', 'commitIndex']);
      return (
        find(
          lines,
          (line) => is('AppendEntries')(line) && at(line, ['sends', 0, 'leaderCommit']) === committed,
          position,
        ) + 1
      );
    },
  ),
];
