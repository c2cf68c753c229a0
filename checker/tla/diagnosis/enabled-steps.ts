import { string } from '../values/operations.ts';
import { SequenceValue } from '../values/value.ts';
import { around } from './alternatives.ts';
import type { EventAnalysis, ServerAnalysis } from './event-analysis.ts';
import { fieldsOf } from './event-record.ts';
import { labelOf, RaftSteps, RECEIVERS, type Step } from './raft-steps.ts';

/** So many messages are listed for each action that receives them. */
const MOST_MESSAGES = 4;

/**
 * What a server could have done in the state before an event: its actions with their arguments, in the order of the
 * spec; `1..4` stands for several values. undefined for an event of the network.
 */
export function enabledSteps({ server }: EventAnalysis): readonly string[] | undefined {
  return server === undefined ? undefined : new EnabledSteps(server).list();
}

class EnabledSteps {
  readonly #server: ServerAnalysis;
  readonly #steps: RaftSteps;

  constructor(server: ServerAnalysis) {
    this.#server = server;
    this.#steps = new RaftSteps(server.view);
  }

  list(): readonly string[] {
    return [
      ...this.#plain('Timeout'),
      ...this.#requestVote(),
      ...this.#plain('BecomeLeader'),
      ...this.#possible(this.#steps.clientRequest(string('command ...'))),
      ...this.#plain('AppendNoOp'),
      ...this.#appendEntries(),
      ...this.#advanceCommitIndex(),
      ...[...RECEIVERS].flatMap(([type, action]) => this.#receive(type, action)),
      ...this.#persist(),
      ...this.#restart(),
    ];
  }

  #isPossible(step: Step): boolean {
    return this.#server.taker.take(step) !== undefined;
  }

  #possible(step: Step): readonly string[] {
    return this.#isPossible(step) ? [step.text] : [];
  }

  #plain(action: string): readonly string[] {
    return this.#possible(this.#steps.plain(action));
  }

  #requestVote(): readonly string[] {
    return this.#server.view.peers.flatMap((peer) => this.#possible(this.#steps.requestVote(peer)));
  }

  /** For each peer the previous entries after which it may send, and how much it may tell to be committed. */
  #appendEntries(): readonly string[] {
    const { view } = this.#server;
    const step = (to: string, prev: number, count: number, commit: number): Step =>
      this.#steps.appendEntries({ to, prev, count, commit });
    return view.peers.flatMap((to) => {
      const prevs = this.#range(0, view.lastIndex, (prev) => step(to, prev, 0, 0));
      const commits = this.#range(0, view.number('commitIndex'), (commit) => step(to, 0, 0, commit));
      if (prevs === undefined || commits === undefined) return [];
      return [`AppendEntries(${view.server}, ${to}, prev ${prevs}, commit ${commits})`];
    });
  }

  #advanceCommitIndex(): readonly string[] {
    const { view } = this.#server;
    const indexes = this.#range(view.number('commitIndex') + 1, view.lastIndex, (index) =>
      this.#steps.advanceCommitIndex(index),
    );
    return indexes === undefined ? [] : [`AdvanceCommitIndex(${view.server}, ${indexes})`];
  }

  #receive(type: string, action: string): readonly string[] {
    const { view } = this.#server;
    const messages = view.inFlight.filter((message) => message.type === type);
    const possible = messages
      .slice(0, MOST_MESSAGES)
      .filter((message) => this.#isPossible(this.#steps.receive(message)))
      .map((message) => `${action}(${view.server}, ${labelOf(message)})`);
    const others = messages.length - MOST_MESSAGES;
    if (others <= 0 || possible.length === 0) return possible;
    return [...possible, `${action} of ${others.toLocaleString('en-US')} other messages in flight`];
  }

  #persist(): readonly string[] {
    const { view } = this.#server;
    const writes = this.#range(1, view.pending.length, (count) => this.#steps.persist(count));
    return writes === undefined ? [] : [`Persist(${view.server}, ${writes})`];
  }

  /** With the whole of what was written last. */
  #restart(): readonly string[] {
    const { view } = this.#server;
    const lengthOf = (writes: number): number => {
      const write = writes === 0 ? view.get('disk') : fieldsOf(view.pending[writes - 1]).get('write');
      const log = fieldsOf(write).get('log');
      return log instanceof SequenceValue ? log.length : 0;
    };
    const writes = this.#range(0, view.pending.length, (count) =>
      this.#steps.restart(count, lengthOf(count), 0),
    );
    return writes === undefined ? [] : [`Restart(${view.server}, writes ${writes})`];
  }

  /** Those numbers of a range for which a step is possible, as text; of a large range only some are tried. */
  #range(low: number, high: number, step: (number: number) => Step): string | undefined {
    const tried = [...around(low, low, high)].sort((a, b) => a - b);
    const possible = tried.filter((number) => this.#isPossible(step(number)));
    const parts: string[] = [];
    for (let at = 0; at < possible.length; ) {
      const first = possible[at] ?? 0;
      let next = at + 1;
      // Between the numbers that were tried, those that were left out count as possible too.
      while (
        next < possible.length &&
        tried.indexOf(possible[next] ?? 0) === tried.indexOf(possible[next - 1] ?? 0) + 1
      )
        next += 1;
      const last = possible[next - 1] ?? first;
      parts.push(first === last ? String(first) : `${first}..${last}`);
      at = next;
    }
    return parts.length === 0 ? undefined : parts.join(', ');
  }
}
