import type { Header, ServerTraceEvent } from '../../../traces/trace-format.ts';
import type { Difference } from '../../verdict.ts';
import type { State } from '../compile/compiled-spec.ts';
import {
  bagPlus,
  concat,
  EMPTY_BAG,
  elements,
  same,
  sequence,
  setOf,
  setToBag,
  string,
  subSeq,
} from '../values/operations.ts';
import { FunctionValue, SequenceValue, type Value } from '../values/value.ts';
import { describe, type EventContext } from './describe-differences.ts';
import type { ValueDifference } from './diagnosis-spec.ts';
import { type Fields, fieldsOf, numberIn, recordFrom } from './event-record.ts';
import type { ServerView } from './server-view.ts';
import type { StepOutcome } from './step-outcome.ts';

/** What an event has recorded of the effects of its action, and how a step's effects differ from that. */
export class RecordedEffects {
  readonly #state: Fields;
  readonly #sends: Value;
  readonly #releases: Value;
  readonly #observed: readonly string[];
  readonly #view: ServerView;
  readonly #context: EventContext;

  /** @param presented the event as RaftTrace.tla was given it */
  constructor(
    event: ServerTraceEvent,
    presented: Value,
    header: Header,
    view: ServerView,
    context: EventContext,
  ) {
    const fields = fieldsOf(presented);
    this.#state = fieldsOf(fields.get('state'));
    this.#sends = fields.get('sends') ?? sequence([]);
    this.#releases = bagOf(fields.get('releases'));
    this.#view = view;
    this.#context = context;
    const exempt: readonly string[] = event.unobserved ?? [];
    // What is hidden and not shown again says nothing about which step this is.
    const isKnown = this.#state.has('nextIndex') || !isNextIndexHidden(context, event.server);
    this.#observed = header.observed.filter(
      (variable) => !exempt.includes(variable) && (isKnown || variable !== 'nextIndex'),
    );
  }

  get nextIndex(): Value | undefined {
    return this.#observed.includes('nextIndex')
      ? (this.#state.get('nextIndex') ?? this.#view.get('nextIndex'))
      : undefined;
  }

  /** Everything in which a step would have other effects. */
  differencesFrom({ after, sends, releases }: StepOutcome): readonly ValueDifference[] {
    const found: ValueDifference[] = [];
    if (!same(sends, this.#sends)) found.push({ what: 'sends', specified: sends });
    if (!same(releases, this.#releases)) found.push({ what: 'releases', specified: releases });
    for (const variable of this.#observed) {
      const specified = this.#valueAfter(variable, after);
      if (specified === undefined || this.#agrees(variable, specified)) continue;
      found.push({ what: variable, specified: this.#asRecorded(variable, specified) });
    }
    return found;
  }

  /** A difference in the terms of the trace: it takes a while where logs are long. */
  describe(difference: ValueDifference): Difference {
    return describe(difference, this.#context);
  }

  /** Whether the event records a change of a variable: an event without any says too little to be another step. */
  get recordsChange(): boolean {
    return this.#observed.some((variable) => {
      const before = this.#view.get(variable);
      return before !== undefined && this.#state.has(variable) && !this.#agrees(variable, before);
    });
  }

  #valueAfter(variable: string, after: State): Value | undefined {
    const all = after[this.#context.variables.indexOf(variable)];
    if (!(all instanceof FunctionValue)) return undefined;
    const index = all.shape.indexOf(string(this.#view.server));
    return index < 0 ? undefined : all.values[index];
  }

  #agrees(variable: string, value: Value): boolean {
    const before = this.#view.get(variable);
    if (variable !== 'log') {
      const recorded = this.#state.get(variable) ?? before;
      return recorded !== undefined && same(recorded, value);
    }
    const change = fieldsOf(this.#state.get('log'));
    const append = change.get('append');
    const keep = numberIn(change, 'keep');
    if (before === undefined || append === undefined || keep === undefined)
      return before !== undefined && same(before, value);
    return keep <= this.#view.lastIndex && same(concat(subSeq(before, 1, keep), append), value);
  }

  /** The log as what stays of it and what is appended there, as RaftTrace.tla tells it. */
  #asRecorded(variable: string, value: Value): Value {
    const before = this.#view.log;
    if (variable !== 'log' || before === undefined || !(value instanceof SequenceValue)) return value;
    const keep = numberIn(fieldsOf(this.#state.get('log')), 'keep') ?? before.length;
    return spliceFrom(before, value, Math.min(keep, before.length, value.length));
  }
}

function spliceFrom(before: SequenceValue, after: SequenceValue, keep: number): Value {
  const stays = same(subSeq(before, 1, keep), subSeq(after, 1, keep)) ? keep : 0;
  const fields: Fields = new Map<string, Value>([
    ['keep', stays],
    ['append', subSeq(after, stays + 1, after.length)],
  ]);
  return recordFrom(fields);
}

function isNextIndexHidden({ before, variables }: EventContext, server: string): boolean {
  const hidden = before[variables.indexOf('hidden')];
  if (hidden === undefined) return false;
  const leader = string(server);
  return [...elements(hidden)].some((pair) => pair instanceof SequenceValue && pair.toArray()[0] === leader);
}

function bagOf(messages: Value | undefined): Value {
  if (!(messages instanceof SequenceValue)) return EMPTY_BAG;
  return messages.toArray().reduce((bag, message) => bagPlus(bag, setToBag(setOf([message]))), EMPTY_BAG);
}
