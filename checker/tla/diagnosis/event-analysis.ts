import type { RecordedEvent } from '../../../traces/recording.ts';
import type { Server } from '../../../traces/trace-format.ts';
import type { Difference, MissingStep, Suggestion } from '../../verdict.ts';
import type { State } from '../compile/compiled-spec.ts';
import type { MetCondition } from '../compile/probe.ts';
import type { Expression } from '../syntax/ast.ts';
import type { LookedAt, TraceWalk } from '../trace/trace-walk.ts';
import type { MessagesSoFar } from '../trace/undelivered-messages.ts';
import { same } from '../values/operations.ts';
import type { Value } from '../values/value.ts';
import { Alternatives } from './alternatives.ts';
import { type ToldCondition, toldReason } from './conditions.ts';
import { decidingChoice } from './deciding-choice.ts';
import { describe, type EventContext } from './describe-differences.ts';
import type { DiagnosisSpec, Evaluation } from './diagnosis-spec.ts';
import { fieldsOf, textIn } from './event-record.ts';
import { expressionsBehind } from './expressions-behind.ts';
import type { ContentField } from './message-contents.ts';
import { messagesAfter, messagesBefore } from './messages-around.ts';
import { RaftSteps, type Step } from './raft-steps.ts';
import { RecordedEffects } from './recorded-effects.ts';
import { ServerView } from './server-view.ts';
import { StateMessages } from './state-messages.ts';
import { StepTaker } from './step-outcome.ts';
import { suggest } from './suggest.ts';
import { suggestMessage } from './suggest-message.ts';
import { bagElements } from './trace-notation.ts';

/** An event of a server: its view of the state, and what it recorded. */
export interface ServerAnalysis {
  readonly view: ServerView;
  readonly taker: StepTaker;
  readonly effects: RecordedEffects;
}

/** So many of the states that are possible before an event are looked at. */
const MOST_STATES = 100;
const NOT_ENABLED: Evaluation = { after: undefined, differences: [] };

/** One event, in the state before it that it fits best. */
export class EventAnalysis {
  readonly spec: DiagnosisSpec;
  readonly state: State;
  /** Undefined: the recorded action is not enabled. */
  readonly after: State | undefined;
  /** Where the action is enabled: all that differs. */
  readonly differences: readonly Difference[];
  /** Undefined for an event of the network. */
  readonly server: ServerAnalysis | undefined;
  readonly #known: MessagesSoFar;
  readonly #presented: Value;
  readonly #context: EventContext;
  readonly #servers: readonly Server[];
  readonly #observed: readonly string[];

  constructor(
    recorded: RecordedEvent,
    { presented, before, messages }: LookedAt,
    walk: TraceWalk,
    spec: DiagnosisSpec,
  ) {
    const { header } = walk;
    const { state, evaluation } = closestState(before, presented, spec);
    const variables = walk.variables;
    const { event } = recorded;
    const known = messagesBefore(recorded, presented, messages);
    this.spec = spec;
    this.state = state;
    this.after = evaluation.after;
    this.#presented = presented;
    this.#servers = header.servers;
    this.#observed = header.observed;
    this.#known = known;
    this.#context = { event, before: state, variables, messages: new StateMessages(known, state, variables) };
    this.differences =
      evaluation.after === undefined
        ? []
        : evaluation.differences.map((each) => describe(each, this.#context));
    if ('server' in event) {
      const view = this.#viewOf(event.server);
      const taker = new StepTaker(spec, state, header.observed);
      const effects = new RecordedEffects(event, presented, header, view, this.#context);
      this.server = { view, taker, effects };
    }
  }

  /** The messages in a state after the event. */
  messagesIn(after: State): StateMessages {
    const { event, variables } = this.#context;
    return new StateMessages(messagesAfter(event, this.#presented, this.#known), after, variables);
  }

  /** Every condition and assignment of the recorded action, in order, as far as it comes. */
  conditions(): readonly MetCondition[] {
    return this.spec.conditions(this.state, this.#presented);
  }

  /**
   * Where a field of the answer to a message is an operator of the server and the message, and TRUE or FALSE: the condition
   * within that operator on which that rests.
   */
  decidedWithin({ value, definition: { parameters }, expected }: ContentField): ToldCondition | undefined {
    if (typeof expected !== 'boolean' || value.kind !== 'apply' || parameters.length !== 2) return undefined;
    const fields = fieldsOf(this.#presented);
    const given = [fields.get('server'), fields.get('message')];
    const { compiled } = this.spec.spec;
    const inside = value.arguments.flatMap((argument): Expression[] => {
      if (argument.kind !== 'reference') return [];
      const { target } = argument.reference;
      const known = target.kind === 'parameter' ? given[parameters.indexOf(target)] : undefined;
      if (known === undefined) return [];
      return [{ kind: 'reference', reference: compiled.keep(known, argument.span), span: argument.span }];
    });
    if (inside.length < value.arguments.length) return undefined;
    const account = this.spec.account({ ...value, arguments: inside }, this.state);
    return account && toldReason(account, expected);
  }

  /**
   * The condition of an IF or CASE on which it rests which value the spec gives to a variable.
   *
   * @param given the formula that gives it
   */
  choiceFor(variable: string, given: Expression | undefined): ToldCondition | undefined {
    const behind = given === undefined ? [] : expressionsBehind(given, this.spec.spec.module);
    return decidingChoice(this.spec, this.state, this.#presented, variable, new Set(behind));
  }

  /** The step before the event that would let it fit as it was recorded. */
  missing(): MissingStep | undefined {
    const taker = new StepTaker(this.spec, this.state, this.#observed);
    for (const step of [...this.#releases(), ...this.#stepsBefore()]) {
      const between = taker.take(step)?.after;
      const evaluation =
        between === undefined ? undefined : this.spec.evaluate(this.#asPinned(between), this.#presented);
      if (evaluation?.after !== undefined && evaluation.differences.length === 0)
        return { action: step.action, step: step.text };
    }
    return undefined;
  }

  #stepsBefore(): readonly Step[] {
    const { event } = this.#context;
    if (this.server === undefined || !('server' in event)) return [];
    return new Alternatives(event, this.server.view).stepsBefore();
  }

  /** The Persist that lets the message of the event go, where it waits for its sender's disk. */
  #releases(): readonly Step[] {
    const message = fieldsOf(this.#presented).get('message');
    const sender = textIn(fieldsOf(message), 'from');
    if (message === undefined || sender === undefined) return [];
    const view = this.#viewOf(sender);
    const steps = new RaftSteps(view);
    return view.pending.flatMap((each, index) => {
      const promised = fieldsOf(each).get('promised');
      const isThere = promised !== undefined && bagElements(promised).some((other) => same(other, message));
      return isThere ? [steps.persist(index + 1)] : [];
    });
  }

  #viewOf(server: Server): ServerView {
    const { before, variables, messages } = this.#context;
    return new ServerView(server, this.#servers, before, variables, messages);
  }

  /** Of a step that is only supposed, nothing was observed: that must not lose sight of nextIndex. */
  #asPinned(between: State): State {
    const hidden = this.#context.variables.indexOf('hidden');
    return between.map((value, index) => (index === hidden ? (this.state[index] ?? value) : value));
  }

  suggestion(): Suggestion | undefined {
    const { event } = this.#context;
    if (!('server' in event))
      return this.after === undefined ? suggestMessage(event, this.#context) : undefined;
    if (this.server === undefined) return undefined;
    return suggest(event, this.after === undefined ? undefined : this.differences, this.server);
  }
}

/** Of the states that are possible before the event, the one from which it differs least. */
function closestState(
  before: readonly State[],
  presented: Value,
  spec: DiagnosisSpec,
): { readonly state: State; readonly evaluation: Evaluation } {
  let closest: { readonly state: State; readonly evaluation: Evaluation } | undefined;
  for (const state of before.slice(0, MOST_STATES)) {
    const evaluation = spec.evaluate(state, presented) ?? NOT_ENABLED;
    if (closest === undefined || distance(evaluation) < distance(closest.evaluation))
      closest = { state, evaluation };
  }
  if (closest === undefined) throw new RangeError('there is no state before the event');
  return closest;
}

function distance({ after, differences }: Evaluation): number {
  return after === undefined ? Number.POSITIVE_INFINITY : differences.length;
}
