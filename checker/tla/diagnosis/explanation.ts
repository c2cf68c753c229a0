import type { RecordedEvent } from '../../../traces/recording.ts';
import type { Server, TraceEvent } from '../../../traces/trace-format.ts';
import type { Conjunct, Difference, Rejection, SeenValue } from '../../verdict.ts';
import type { MetCondition } from '../compile/probe.ts';
import type { Expression, ExpressionOf } from '../syntax/ast.ts';
import { rejectionOf } from '../trace/native-rejection.ts';
import type { LookedAt, StepOutcome, TraceWalk } from '../trace/trace-walk.ts';
import { apply, same, string } from '../values/operations.ts';
import { FunctionValue, type Value } from '../values/value.ts';
import { Alternatives } from './alternatives.ts';
import { brief } from './brief-text.ts';
import { assigned, seenValues, toldCondition } from './conditions.ts';
import { DiagnosisSpec } from './diagnosis-spec.ts';
import { EventAnalysis, type ServerAnalysis } from './event-analysis.ts';
import { ModuleTexts } from './module-text.ts';
import { RECEIVERS } from './raft-steps.ts';
import {
  type ShownMessages,
  type ShownState,
  type ShownValue,
  shownInFlight,
  shownState,
  shownValue,
} from './server-state.ts';

/** A conjunct of an action as it was evaluated. */
export interface ExplainedConjunct extends Conjunct {
  readonly kind: 'guard' | 'assignment';
  readonly holds: boolean;
  /** What a guard saw; of an assignment the new value. */
  readonly values: readonly SeenValue[];
}

/** An action that the server might have taken instead, by one of the steps that it allows for. */
export interface ConsideredAction {
  readonly action: string;
  readonly step: string;
  readonly enabled: boolean;
  /** Its guards, as far as they were evaluated: the first that is false is the last. */
  readonly conjuncts: readonly ExplainedConjunct[];
  /** Where there is no step to try. */
  readonly reason?: string;
}

export interface ExplainedChange {
  readonly variable: string;
  readonly before: ShownValue;
  readonly after: ShownValue;
}

/** The full account of one event. */
export interface Explanation {
  readonly file: string;
  readonly line: number;
  readonly position: number;
  readonly server: Server | null;
  readonly action: string;
  readonly verdict: 'accepted' | 'rejected';
  readonly event: TraceEvent;
  /** The server's state before the event; absent for an event of the network. */
  readonly before?: ShownState;
  readonly inFlight?: ShownMessages;
  /** Of the recorded action, in order, as far as they were evaluated. */
  readonly conjuncts: readonly ExplainedConjunct[];
  /** What the action changes, where it is enabled. */
  readonly changes?: readonly ExplainedChange[];
  readonly differences: readonly Difference[];
  readonly rejection?: Rejection;
  readonly others: readonly ConsideredAction[];
}

/** What belongs to walking along a trace rather than to the protocol. */
const BOOK_KEEPING: ReadonlySet<string> = new Set(['TraceNext', 'Hide', 'Told', 'Consume']);

/** The operators of RaftTrace.tla that compare with what was recorded. */
const COMPARED_BY: ReadonlyMap<string, string> = new Map([
  ['Creates', 'sends'],
  ['Agrees', 'releases'],
]);

/**
 * Tells everything about one event.
 *
 * @param presented what TraceWalk.look said before the event was taken
 * @throws TlaError, EvaluationError where a user's spec cannot be evaluated in this way
 */
export function explain(
  recorded: RecordedEvent,
  presented: LookedAt,
  outcome: StepOutcome,
  walk: TraceWalk,
): Explanation {
  const { event, file, line, position } = recorded;
  const spec = DiagnosisSpec.open(walk.header, walk.specFolder);
  const analysis = new EventAnalysis(recorded, presented, walk, spec);
  const teller = new Teller(analysis);
  const { server } = analysis;
  const isRejected = outcome.outcome === 'rejected';
  return {
    file,
    line,
    position,
    server: 'server' in event ? event.server : null,
    action: event.action,
    verdict: isRejected ? 'rejected' : 'accepted',
    event,
    ...(server === undefined
      ? {}
      : { before: shownState(server.view), inFlight: shownInFlight(server.view) }),
    conjuncts: teller.conjuncts(analysis.conditions()),
    ...(server === undefined || analysis.after === undefined ? {} : { changes: teller.changes(server) }),
    differences: analysis.differences,
    ...(isRejected ? { rejection: rejectionOf(recorded, outcome, walk) } : {}),
    others: server === undefined ? [] : teller.others(event, server),
  };
}

class Teller {
  readonly #analysis: EventAnalysis;
  readonly #texts = new ModuleTexts();

  constructor(analysis: EventAnalysis) {
    this.#analysis = analysis;
  }

  conjuncts(met: readonly MetCondition[]): readonly ExplainedConjunct[] {
    return met.flatMap((condition): ExplainedConjunct[] => {
      const { definition, expression } = condition.site;
      if (BOOK_KEEPING.has(definition ?? '') || expression.kind === 'boolean') return [];
      const variable = assigned(expression);
      return [
        {
          ...this.#texts.conjunct(condition),
          kind: variable === undefined ? 'guard' : 'assignment',
          holds: condition.holds && !this.#differs(expression),
          values:
            variable === undefined
              ? seenValues(toldCondition(condition), this.#texts)
              : this.#assigned(variable, condition),
        },
      ];
    });
  }

  /** A comparison with what was recorded is evaluated so that what comes after it is seen, too, whatever it finds. */
  #differs(expression: Expression): boolean {
    const compared = expression.kind === 'apply' ? COMPARED_BY.get(nameOf(expression)) : undefined;
    return this.#analysis.differences.some(({ variable }) => variable === compared);
  }

  /** Of a variable that each server has its own of, the server's. */
  #assigned(variable: string, { values }: MetCondition): readonly SeenValue[] {
    const [value] = values;
    const server = this.#analysis.server?.view.server;
    if (value === undefined || server === undefined) return [];
    const own = ofServer(value, server);
    return own === undefined ? [] : [{ text: `${variable}'["${server}"]`, value: brief(own) }];
  }

  changes({ view }: ServerAnalysis): readonly ExplainedChange[] {
    const { after, spec } = this.#analysis;
    if (after === undefined) return [];
    const messages = this.#analysis.messagesIn(after);
    return view.variables.flatMap((variable): ExplainedChange[] => {
      const before = view.get(variable);
      const all = after[spec.spec.compiled.variables.indexOf(variable)];
      const value = all === undefined ? undefined : ofServer(all, view.server);
      if (before === undefined || value === undefined || same(before, value)) return [];
      return [
        {
          variable,
          before: shownValue(variable, before, view.server, view.messages),
          after: shownValue(variable, value, view.server, messages),
        },
      ];
    });
  }

  /** Every other action of the server, by the step of it that is possible, or else by the first that was tried. */
  others(event: TraceEvent, { view, taker }: ServerAnalysis): readonly ConsideredAction[] {
    if (!('server' in event)) return [];
    const alternatives = new Alternatives(event, view);
    return ACTIONS.flatMap((action): ConsideredAction[] => {
      if (action === event.action) return [];
      const tried = alternatives.forExplanation(action);
      const step = tried.find((each) => taker.take(each) !== undefined) ?? tried[0];
      if (step === undefined) return [nothingToTry(action, view.server)];
      const met = this.#analysis.spec.conditions(this.#analysis.state, taker.eventOf(step));
      const conjuncts = this.conjuncts(met).filter(({ kind }) => kind === 'guard');
      return [{ action, step: step.text, enabled: taker.take(step) !== undefined, conjuncts }];
    });
  }
}

const ACTIONS = [
  ...['Timeout', 'RequestVote', 'BecomeLeader', 'ClientRequest', 'AppendNoOp', 'AppendEntries'],
  ...['AdvanceCommitIndex', ...RECEIVERS.values(), 'Persist', 'Restart'],
];

function nothingToTry(action: string, server: Server): ConsideredAction {
  return {
    action,
    step: `${action}(${server}, ...)`,
    enabled: false,
    conjuncts: [],
    reason: REASONS.get(action) ?? `no ${action.replace(/^Handle/, '')} to ${server} is in flight`,
  };
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['AdvanceCommitIndex', 'commitIndex is the length of the log'],
  ['Persist', 'no write is pending'],
  ['RequestVote', 'there is no peer'],
  ['AppendEntries', 'there is no peer'],
]);

function ofServer(value: Value, server: Server): Value | undefined {
  if (!(value instanceof FunctionValue) || value.shape.indexOf(string(server)) < 0) return undefined;
  return apply(value, string(server));
}

function nameOf({ reference: { target } }: ExpressionOf<'apply'>): string {
  return target.kind === 'definition' ? target.name : '';
}
