import { isAction, shapeOf, VARIABLES } from '../../../traces/actions.ts';
import type { Action, InitialState, LogChange, MessageId } from '../../../traces/trace-format.ts';
import { toJson } from '../values/json.ts';
import { format } from '../values/operations.ts';
import type { Value } from '../values/value.ts';
import type { BehaviourStep } from './behaviour.ts';
import { MessageIds } from './message-ids.ts';
import { type InFlight, logChange, nameOf, type RaftState } from './raft-state.ts';

/** An event before it is checked against the schema. */
export type DraftEvent = Readonly<Record<string, unknown>> & { readonly action: Action };

/** Turns the steps of a behaviour of the Raft spec, in order, into events. */
export class RaftEvents {
  readonly #ids = new MessageIds();
  readonly #sequence = new Map<string, number>();

  /**
   * @returns undefined if the step is none of Raft's actions
   * @throws RangeError if it is no step of the spec as the trace format knows it
   */
  event({ calls }: BehaviourStep, before: RaftState, after: RaftState): DraftEvent | undefined {
    const call = calls.find((each) => isAction(each.name));
    if (call === undefined || !isAction(call.name)) return undefined;
    const values = call.arguments.map((each) => each.value);
    const [subject] = values;
    if (subject === undefined) throw new RangeError(`${call.name} without an argument`);
    if (shapeOf(call.name).by === 'network') return this.#networkEvent(call.name, subject);
    return this.#serverEvent(call.name, nameOf(subject), values, before, after);
  }

  #networkEvent(action: Action, message: Value): DraftEvent {
    const content = format(message);
    const id = action === 'DropMessage' ? this.#ids.take(content) : this.#ids.copy(content);
    return { action, args: { id } };
  }

  #serverEvent(
    action: Action,
    server: string,
    values: readonly Value[],
    before: RaftState,
    after: RaftState,
  ): DraftEvent {
    const seq = (this.#sequence.get(server) ?? 0) + 1;
    this.#sequence.set(server, seq);
    const shape = shapeOf(action);
    const message = shape.receives === undefined ? undefined : values[1];
    const received = message === undefined ? undefined : format(message);
    const receivedId = received === undefined ? undefined : this.#ids.take(received);
    if (action === 'Restart') this.#ids.forget(server);
    return {
      server,
      seq,
      action,
      ...(message === undefined ? {} : { message: messageJson(receivedId, message) }),
      ...(shape.sends === undefined
        ? {}
        : { sends: [this.#sent(server, `${server}:${seq}.0`, received, before, after)] }),
      ...this.#choices(action, server, values, before),
      ...changesOf(action === 'Restart', before.observed(server), after.observed(server)),
    };
  }

  /** What a step has created: what there is more of than before, in flight or waiting. */
  #sent(
    server: string,
    id: MessageId,
    received: string | undefined,
    before: RaftState,
    after: RaftState,
  ): object {
    const inFlight = new Map(before.messages());
    const taken = received === undefined ? undefined : inFlight.get(received);
    if (received !== undefined && taken !== undefined) {
      inFlight.set(received, { ...taken, copies: taken.copies - 1 });
    }
    const left = more(inFlight, after.messages());
    if (left !== undefined) {
      this.#ids.send(id, format(left));
      return messageJson(id, left);
    }
    const waiting = more(together(before.promised(server)), together(after.promised(server)));
    if (waiting === undefined) throw new RangeError(`${server} sends nothing`);
    this.#ids.hold(server, id, format(waiting));
    return messageJson(id, waiting);
  }

  #choices(action: Action, server: string, values: readonly Value[], before: RaftState): object {
    const [, first, second] = values;
    switch (action) {
      case 'ClientRequest':
        return { args: { command: first === undefined ? '' : nameOf(first) } };
      case 'Restart':
        return { args: { writes: first, length: second } };
      case 'Persist': {
        const promised = together(before.promised(server).slice(0, Number(first)));
        const contents = new Map([...promised].map(([content, { copies }]) => [content, copies]));
        const releases = this.#ids.release(server, contents);
        return { args: { writes: first }, ...(releases.length === 0 ? {} : { releases }) };
      }
      default:
        return {};
    }
  }
}

function messageJson(id: MessageId | undefined, message: Value): object {
  const content = toJson(message);
  return { id, ...(typeof content === 'object' ? content : {}) };
}

/** The content of which there is more; undefined if there is none. */
function more(
  before: ReadonlyMap<string, InFlight>,
  after: ReadonlyMap<string, InFlight>,
): Value | undefined {
  return [...after].find(([content, { copies }]) => copies > (before.get(content)?.copies ?? 0))?.[1].message;
}

function together(bags: readonly ReadonlyMap<string, InFlight>[]): Map<string, InFlight> {
  const sum = new Map<string, InFlight>();
  for (const bag of bags) {
    for (const [content, { message, copies }] of bag) {
      sum.set(content, { message, copies: copies + (sum.get(content)?.copies ?? 0) });
    }
  }
  return sum;
}

/** The variables that changed; after a restart all of them. */
function changesOf(
  isWhole: boolean,
  before: InitialState,
  after: InitialState,
): { readonly state?: object; readonly log?: LogChange } {
  const names = VARIABLES.filter(
    (name) => name !== 'log' && (isWhole || JSON.stringify(before[name]) !== JSON.stringify(after[name])),
  );
  const log = isWhole ? { keep: 0, append: after.log } : logChange(before.log, after.log);
  return {
    ...(names.length === 0 ? {} : { state: Object.fromEntries(names.map((name) => [name, after[name]])) }),
    ...(log === undefined ? {} : { log }),
  };
}
