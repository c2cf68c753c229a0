import type { ServerTraceEvent } from '../../../traces/trace-format.ts';
import { commandValue } from '../trace/event-values.ts';
import { SequenceValue, type Value } from '../values/value.ts';
import { fieldsOf } from './event-record.ts';
import { RaftSteps, RECEIVERS, type Step } from './raft-steps.ts';
import type { ServerView } from './server-view.ts';

/** So many messages in flight are tried, those that were sent last: a step costs an evaluation. */
const MOST_MESSAGES = 48;
/** So many values of an index are tried at most, around what was recorded and at both ends of its range. */
const MOST_INDEXES = 48;
/** A restart compares whole logs. */
const MOST_RESTARTS = 24;

/**
 * The steps of a server that an event might have recorded: the same action with other choices or another message,
 * and its other actions with the choices that the event suggests. Never many, whatever the state.
 */
export class Alternatives {
  readonly #event: ServerTraceEvent;
  readonly #view: ServerView;
  readonly #steps: RaftSteps;

  constructor(event: ServerTraceEvent, view: ServerView) {
    this.#event = event;
    this.#view = view;
    this.#steps = new RaftSteps(view);
  }

  /** The same action with other choices, its message included. */
  sameAction(): readonly Step[] {
    const { action } = this.#event;
    return this.#ofAction(action);
  }

  otherActions(): readonly Step[] {
    const names = [
      ...[
        'Timeout',
        'BecomeLeader',
        'AppendNoOp',
        'ClientRequest',
        'AdvanceCommitIndex',
        'Persist',
        'Restart',
      ],
      ...['HandleRequestVoteRequest', 'HandleRequestVoteResponse'],
      ...['HandleAppendEntriesRequest', 'HandleAppendEntriesResponse'],
    ];
    return names.flatMap((name) => (name === this.#event.action ? [] : this.#ofAction(name)));
  }

  /** What the server may have done before the event without a record of it; a crash is the last resort. */
  stepsBefore(): readonly Step[] {
    const actions = [
      ...['Persist', 'AdvanceCommitIndex', 'BecomeLeader', ...RECEIVERS.values()],
      ...['ClientRequest', 'AppendNoOp', 'Timeout', 'Restart'],
    ];
    return actions.flatMap((action) => this.#ofAction(action));
  }

  /** Steps of any action to look at, also where the event says nothing of its choices. */
  forExplanation(action: string): readonly Step[] {
    if (action === 'ClientRequest') return [this.#steps.clientRequest(commandValue({ command: '...' }))];
    if (action !== 'AppendEntries') return this.#ofAction(action);
    const prev = this.#view.lastIndex;
    return this.#view.peers.map((to) => this.#steps.appendEntries({ to, prev, count: 0, commit: 0 }));
  }

  #ofAction(action: string): readonly Step[] {
    const steps = this.#steps;
    switch (action) {
      case 'Timeout':
      case 'BecomeLeader':
      case 'AppendNoOp':
        return [steps.plain(action)];
      case 'ClientRequest':
        return this.#commands().map((command) => steps.clientRequest(command));
      case 'RequestVote':
        return this.#view.peers.map((peer) => steps.requestVote(peer));
      case 'AppendEntries':
        return this.#sentEntries();
      case 'AdvanceCommitIndex':
        return this.#commitIndexes().map((index) => steps.advanceCommitIndex(index));
      case 'Persist':
        return this.#view.pending.slice(0, MOST_INDEXES).map((_, index) => steps.persist(index + 1));
      case 'Restart':
        return this.#restarts();
      default:
        return this.#messages(action);
    }
  }

  #messages(action: string): readonly Step[] {
    const fitting = this.#view.inFlight.filter(({ type }) => `Handle${type}` === action);
    return fitting.slice(0, MOST_MESSAGES).map((message) => this.#steps.receive(message));
  }

  /** The command of the entry that the event has appended, or that it sends as the last one of the log. */
  #commands(): readonly Value[] {
    const event = this.#event;
    const sent = event.action === 'AppendEntries' ? event.sends[0].entries.at(-1) : undefined;
    const entry = event.log?.append[0] ?? sent;
    if (entry === undefined || 'noop' in entry) return [];
    return [commandValue(entry)];
  }

  #commitIndexes(): readonly number[] {
    const from = this.#view.number('commitIndex') + 1;
    const event = this.#event;
    const told = event.action === 'AppendEntries' ? event.sends[0].leaderCommit : from;
    const recorded = event.state?.commitIndex ?? told;
    return around(recorded, from, this.#view.lastIndex);
  }

  /** A request with one choice changed, for each choice; what is too far is brought back to what the log has. */
  #sentEntries(): readonly Step[] {
    if (this.#event.action !== 'AppendEntries') return [];
    const [{ to, prevLogIndex, entries, leaderCommit }] = this.#event.sends;
    const last = this.#view.lastIndex;
    const mostCommitted = this.#view.number('commitIndex');
    const prev = Math.min(prevLogIndex, last);
    const count = Math.min(entries.length, last - prev);
    const commit = Math.min(leaderCommit, mostCommitted);
    const choices = [
      { to, prev, count, commit },
      ...this.#view.peers.map((peer) => ({ to: peer, prev, count, commit })),
      ...around(prevLogIndex, 0, last - entries.length).map((each) => ({
        to,
        prev: each,
        count: entries.length,
        commit,
      })),
      ...around(entries.length, 0, last - prev).map((each) => ({ to, prev, count: each, commit })),
    ];
    return choices.map((choice) => this.#steps.appendEntries(choice));
  }

  /** Restarts that leave as long a log as was recorded, and those that the recorded choices are near to. */
  #restarts(): readonly Step[] {
    const event = this.#event;
    const recorded = event.action === 'Restart' ? event.args : undefined;
    const commits = unique([event.state?.commitIndex, 0, this.#view.number('commitIndex')]);
    return around(recorded?.writes ?? 0, 0, this.#view.pending.length)
      .flatMap((writes) =>
        unique([recorded?.length, event.log?.append.length, this.#writtenLength(writes)]).flatMap((length) =>
          commits.map((commit) => this.#steps.restart(writes, length, commit)),
        ),
      )
      .slice(0, MOST_RESTARTS);
  }

  /** The length of the log that a write holds; of the disk's for none. */
  #writtenLength(writes: number): number {
    const write =
      writes === 0 ? this.#view.get('disk') : fieldsOf(this.#view.pending[writes - 1]).get('write');
    const log = fieldsOf(write).get('log');
    return log instanceof SequenceValue ? log.length : 0;
  }
}

/** The numbers of a range, those near to one first; of a large range those around it and the ends. */
export function around(centre: number, low: number, high: number): readonly number[] {
  if (high < low) return [];
  const middle = Math.min(Math.max(centre, low), high);
  const half = MOST_INDEXES / 2;
  const from = Math.max(low, middle - half);
  const near = Array.from({ length: Math.min(high, middle + half) - from + 1 }, (_, index) => from + index);
  const distance = (index: number): number => Math.abs(index - centre);
  return unique([...near, low, high]).sort((a, b) => distance(a) - distance(b) || a - b);
}

function unique(numbers: readonly (number | undefined)[]): number[] {
  return [...new Set(numbers.flatMap((number) => number ?? []))];
}
