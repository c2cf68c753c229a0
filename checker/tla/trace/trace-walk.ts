import { HiddenNextIndex } from '../../../traces/hidden-next-index.ts';
import type { RecordedEvent } from '../../../traces/recording.ts';
import type { Header, TraceEvent } from '../../../traces/trace-format.ts';
import type { State } from '../compile/compiled-spec.ts';
import { openSearches, type Searches } from '../compile/search-program.ts';
import { format, internToken, string } from '../values/operations.ts';
import { FunctionValue, SequenceValue, StringValue, type Value } from '../values/value.ts';
import { EventValues } from './event-values.ts';
import { ParkedMessages } from './parked-messages.ts';
import { possibleStates } from './possible-states.ts';
import { EventStage, traceConstants } from './trace-constants.ts';
import { type MessagesSoFar, promisedBags } from './undelivered-messages.ts';
import { type WalkProgram, walkProgram } from './walk-program.ts';

/** Where a recorded value is not the spec's: which one, and what the spec says, as TLC prints it. */
export interface PrintedDifference {
  readonly what: string;
  readonly specified: string;
}

export type StepOutcome =
  | { readonly outcome: 'matched' }
  | {
      readonly outcome: 'rejected';
      readonly differences: readonly PrintedDifference[];
      /** What was presented to RaftTrace.tla. */
      readonly presented: Value;
      /** The states before it, with everything that was in flight. */
      readonly before: readonly State[];
      readonly messages: MessagesSoFar;
    };

/** An event before it is taken. */
export interface LookedAt {
  /** As RaftTrace.tla will be given it. */
  readonly presented: Value;
  /** The states before it, with everything that is in flight. */
  readonly before: readonly State[];
  /** What the events before it say of messages. */
  readonly messages: MessagesSoFar;
}

const NO_VALUES: readonly Value[] = [];

/**
 * A walk along a recording: the states that the spec allows after each event. With every variable observed that is
 * one state; what was not observed leaves several possible.
 */
export class TraceWalk {
  readonly header: Header;
  readonly specFolder: string | undefined;
  readonly variables: readonly string[];
  readonly values = new EventValues();
  readonly #stage: EventStage;
  readonly #searches: Searches;
  readonly #printed: PrintedDifference[] = [];
  readonly #hidden = new HiddenNextIndex();
  readonly #parking: ParkedMessages | undefined;
  #states: readonly State[];

  private constructor(header: Header, specFolder: string | undefined, program: WalkProgram) {
    this.header = header;
    this.specFolder = specFolder;
    this.variables = program.variables;
    for (const token of program.tokens) internToken(token);
    this.#stage = new EventStage();
    this.#searches = openSearches(program, traceConstants(header, this.#stage.events), {
      print: (value) => {
        const difference = readDifference(value);
        if (difference !== undefined) this.#printed.push(difference);
      },
    });
    // Of a user's variant nothing is known: there every message stays in the network.
    this.#parking =
      specFolder === undefined ? new ParkedMessages(this.variables.indexOf('network')) : undefined;
    this.#states = possibleStates((found) => this.#searches.initialStates(found), undefined);
  }

  static async open(header: Header, specFolder?: string): Promise<TraceWalk> {
    return new TraceWalk(header, specFolder, await walkProgram(header, specFolder));
  }

  /** The states that are possible now, everything that is in flight included. */
  get states(): readonly State[] {
    return this.#parking?.fetchAll(this.#states) ?? this.#states;
  }

  /**
   * The next event, and what is before it. Nothing is taken; all that is in flight is brought together for it, so this
   * is for an event here and there.
   */
  look(recorded: RecordedEvent): LookedAt {
    let before = this.states;
    for (const inserted of this.#impliedBy(recorded)) {
      this.#stage.present(inserted);
      const after = this.#successors(before, recorded);
      if (after.length > 0) before = after;
    }
    return { presented: this.values.event(recorded), before, messages: this.values.messagesSoFar() };
  }

  /**
   * Takes the next event, and before it what the recording implies.
   *
   * @throws EvaluationError where the spec cannot be evaluated; TooManyStates
   */
  step(recorded: RecordedEvent): StepOutcome {
    const { event } = recorded;
    const touched = this.values.touched(event);
    if (touched !== undefined) this.#states = this.#parking?.fetch(touched, this.#states) ?? this.#states;
    const before = this.#states;
    for (const inserted of this.#impliedBy(recorded)) this.#take(inserted, recorded);
    const possible = this.#states;
    const presented = this.values.event(recorded);
    this.#take(presented, recorded);
    if (this.#states.length === 0) {
      const last = possible.length === 0 ? before : possible;
      return {
        outcome: 'rejected',
        differences: [...this.#printed],
        presented,
        before: this.#parking?.fetchAll(last) ?? last,
        messages: this.values.messagesSoFar(),
      };
    }
    this.values.take(recorded, presented, this.#lostBy(event, possible[0]));
    this.#hidden.take(event);
    this.#states = this.#parking?.park(this.#states) ?? this.#states;
    return { outcome: 'matched' };
  }

  /** The steps before an event: somebody else has sent its message, it shows a nextIndex that was hidden. */
  #impliedBy(recorded: RecordedEvent): readonly Value[] {
    const { event, origin } = recorded;
    if (!('server' in event)) return NO_VALUES;
    const isSent = 'message' in event && (origin === 'environment' || origin === 'repeated');
    const nextIndex = this.#hidden.shownBy(event);
    if (!isSent && nextIndex === undefined) return NO_VALUES;
    return [
      ...(isSent ? [this.values.insertedSend(recorded, event.message)] : []),
      ...(nextIndex === undefined ? [] : [this.values.learnedNextIndex(recorded, event.server, nextIndex)]),
    ];
  }

  /** What waited for the server's disk before a restart. */
  #lostBy(event: TraceEvent, before: State | undefined): readonly Value[] {
    if (event.action !== 'Restart') return NO_VALUES;
    const pending = before?.[this.variables.indexOf('pending')];
    if (!(pending instanceof FunctionValue)) return NO_VALUES;
    return promisedBags(pending.values[pending.shape.indexOf(string(event.server))]);
  }

  #take(event: Value, recorded: RecordedEvent): void {
    this.#stage.present(event);
    this.#printed.length = 0;
    this.#states = this.#successors(this.#states, recorded);
  }

  /** Of all these states, by the event that is presented. */
  #successors(states: readonly State[], recorded: RecordedEvent): readonly State[] {
    return possibleStates((found) => {
      for (const state of states) this.#searches.successors(state, found);
    }, recorded);
  }
}

/** RaftTrace.tla prints <<"differs", chunk, at, what, specified>>. */
function readDifference(value: Value): PrintedDifference | undefined {
  if (!(value instanceof SequenceValue) || value.length !== 5) return undefined;
  const [kind, , , what, specified] = value.toArray();
  if (
    !(kind instanceof StringValue) ||
    kind.text !== 'differs' ||
    what === undefined ||
    specified === undefined
  ) {
    return undefined;
  }
  return { what: textOf(what), specified: textOf(specified) };
}

function textOf(value: Value): string {
  return value instanceof StringValue ? value.text : format(value);
}
