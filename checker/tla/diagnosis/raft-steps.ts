import { sequence, string, subSeq } from '../values/operations.ts';
import type { Value } from '../values/value.ts';
import { brief } from './brief-text.ts';
import { recordFrom } from './event-record.ts';
import type { InFlight, ServerView } from './server-view.ts';

/** A step that a server might take: the fields of the event that would record it, and the step in words. */
export interface Step {
  readonly action: string;
  readonly text: string;
  /** `server`, `message`, `args`, `sends`: whatever RaftTrace.tla reads the choices of the action from. */
  readonly fields: ReadonlyMap<string, Value>;
  readonly message?: InFlight;
}

/** What a leader chooses when it sends entries. */
export interface AppendEntriesChoice {
  readonly to: string;
  readonly prev: number;
  readonly count: number;
  readonly commit: number;
}

/** The actions that receive a message, by the message's type. */
export const RECEIVERS: ReadonlyMap<string, string> = new Map([
  ['RequestVoteRequest', 'HandleRequestVoteRequest'],
  ['RequestVoteResponse', 'HandleRequestVoteResponse'],
  ['AppendEntriesRequest', 'HandleAppendEntriesRequest'],
  ['AppendEntriesResponse', 'HandleAppendEntriesResponse'],
]);

/** Makes the steps of one server. */
export class RaftSteps {
  readonly #view: ServerView;

  constructor(view: ServerView) {
    this.#view = view;
  }

  /** Timeout, BecomeLeader, AppendNoOp. */
  plain(action: string): Step {
    return this.#step(action, [], []);
  }

  clientRequest(command: Value): Step {
    return this.#step(
      'ClientRequest',
      [brief(command)],
      [['args', recordFrom(new Map([['command', command]]))]],
    );
  }

  requestVote(to: string): Step {
    return this.#step(
      'RequestVote',
      [to],
      [
        [
          'sends',
          sends([
            ['type', string('RequestVoteRequest')],
            ['to', string(to)],
          ]),
        ],
      ],
    );
  }

  appendEntries({ to, prev, count, commit }: AppendEntriesChoice): Step {
    const { log } = this.#view;
    const entries =
      log === undefined ? sequence([]) : subSeq(log, prev + 1, Math.min(prev + count, log.length));
    return this.#step(
      'AppendEntries',
      [to, `prev ${prev}`, `count ${count}`, `commit ${commit}`],
      [
        [
          'sends',
          sends([
            ['type', string('AppendEntriesRequest')],
            ['to', string(to)],
            ['prevLogIndex', prev],
            ['entries', entries],
            ['leaderCommit', commit],
          ]),
        ],
      ],
    );
  }

  receive(message: InFlight): Step {
    const action = RECEIVERS.get(message.type) ?? message.type;
    const step = this.#step(action, [labelOf(message)], [['message', message.value]]);
    return { ...step, message };
  }

  advanceCommitIndex(index: number): Step {
    return this.#step('AdvanceCommitIndex', [String(index)], [['args', numbers({ commitIndex: index })]]);
  }

  persist(writes: number): Step {
    return this.#step('Persist', [String(writes)], [['args', numbers({ writes })]]);
  }

  restart(writes: number, length: number, commitIndex: number): Step {
    return this.#step(
      'Restart',
      [`writes ${writes}`, `length ${length}`, `commit ${commitIndex}`],
      [['args', numbers({ writes, length, commitIndex })]],
    );
  }

  #step(action: string, words: readonly string[], fields: readonly (readonly [string, Value])[]): Step {
    const { server } = this.#view;
    return {
      action,
      text: `${action}(${[server, ...words].join(', ')})`,
      fields: new Map([['server', string(server)], ...fields]),
    };
  }
}

/** A message by its id, or by its contents where nobody recorded that it was sent. */
export function labelOf({ id, value }: Pick<InFlight, 'id' | 'value'>): string {
  return id ?? brief(value);
}

function sends(fields: readonly (readonly [string, Value])[]): Value {
  return sequence([recordFrom(new Map(fields))]);
}

function numbers(fields: Readonly<Record<string, number>>): Value {
  return recordFrom(new Map(Object.entries(fields)));
}
