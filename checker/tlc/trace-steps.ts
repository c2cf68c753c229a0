import type { RecordedEvent } from '../../traces/recording.ts';
import type { Message, MessageId, TraceEvent } from '../../traces/trace-format.ts';

/** What RaftTrace.tla consumes one at a time: a recorded event, or a step of the network that the recording implies. */
export type TraceStep =
  | {
      readonly kind: 'event';
      readonly at: number;
      readonly event: TraceEvent;
      readonly messages: StepMessages;
    }
  | {
      readonly kind: 'inserted';
      /** The position of the event that needs this step. */
      readonly at: number;
      readonly action: 'DuplicateMessage' | 'LoseMessage' | 'EnvironmentSends';
      readonly message: Message;
    };

/** The messages that an event names by their ids alone. */
export interface StepMessages {
  /** Of a recorded DropMessage or DuplicateMessage; absent if nobody ever sent it. */
  readonly moved?: Message;
  /** Of a Persist; undefined stands for one that nobody ever sent. */
  readonly released: readonly (Message | undefined)[];
}

/** The steps of a recording, and what the walk needs to be in flight between two of its events. */
export interface TracePlan {
  readonly steps: readonly TraceStep[];
  /** For each event, by its index: the index of the first step that it needs; and one more for the end. */
  readonly firstStep: readonly number[];
  /** For each position that was asked for: what is in flight before that event and still needed. */
  readonly inFlight: ReadonlyMap<number, readonly Message[]>;
}

/** What becomes of a message in the whole recording. */
interface Fate {
  readonly message: Message;
  /** It left when a Persist released it, not when it was created. */
  released: boolean;
  /** Receives beyond those for which a copy was sent or recorded. */
  repeats: number;
  /** Whether an event receives, loses or duplicates it. */
  touched: boolean;
  /** The network's steps that its first receive needs have been made. */
  prepared: boolean;
  copies: number;
}

/**
 * Turns recorded events into steps of RaftTrace.tla. A message that is received again is duplicated just before it is
 * touched first; one that no event touches is lost as soon as it leaves, so that the network stays small.
 *
 * @param borders positions before which the walk may be cut
 */
export function planSteps(events: readonly RecordedEvent[], borders: ReadonlySet<number>): TracePlan {
  const fates = readFates(events);
  const steps: TraceStep[] = [];
  const firstStep: number[] = [];
  const inFlight = new Map<number, readonly Message[]>();
  const flying = new Set<Fate>();
  const move = (fate: Fate, copies: number) => {
    fate.copies = Math.max(0, fate.copies + copies);
    if (fate.copies > 0) flying.add(fate);
    else flying.delete(fate);
  };

  for (const { event, position: at, origin } of events) {
    if (borders.has(at)) inFlight.set(at, copiesOf(flying));
    firstStep.push(steps.length);

    const moved = fates.get(movedId(event) ?? '');
    if (moved !== undefined && !moved.prepared) {
      moved.prepared = true;
      const { message } = moved;
      if (origin === 'environment') {
        steps.push({ kind: 'inserted', at, action: 'EnvironmentSends', message });
        move(moved, 1);
      }
      for (let copy = 0; copy < moved.repeats; copy++) {
        steps.push({ kind: 'inserted', at, action: 'DuplicateMessage', message });
        move(moved, 1);
      }
    }

    const releases = releasesOf(event).map((id) => fates.get(id));
    const messages: StepMessages = {
      ...(moved === undefined ? {} : { moved: moved.message }),
      released: releases.map((fate) => fate?.message),
    };
    steps.push({ kind: 'event', at, event, messages });
    if (moved !== undefined) move(moved, event.action === 'DuplicateMessage' ? 1 : -1);

    const sent = sendsOf(event).map(({ id }) => fates.get(id));
    for (const fate of [...sent.filter((each) => each?.released === false), ...releases]) {
      if (fate === undefined) continue;
      if (fate.touched) move(fate, 1);
      else steps.push({ kind: 'inserted', at, action: 'LoseMessage', message: fate.message });
    }
  }
  firstStep.push(steps.length);
  return { steps, firstStep, inFlight };
}

function readFates(events: readonly RecordedEvent[]): Map<MessageId, Fate> {
  const fates = new Map<MessageId, Fate>();
  const learn = (message: Message): Fate => {
    let fate = fates.get(message.id);
    if (fate === undefined) {
      fate = { message, released: false, repeats: 0, touched: false, prepared: false, copies: 0 };
      fates.set(message.id, fate);
    }
    return fate;
  };
  for (const { event, origin } of events) {
    for (const message of sendsOf(event)) learn(message);
    for (const id of releasesOf(event)) {
      const fate = fates.get(id);
      if (fate !== undefined) fate.released = true;
    }
    const fate = 'message' in event ? learn(event.message) : fates.get(movedId(event) ?? '');
    if (fate === undefined) continue;
    fate.touched = true;
    if (origin === 'repeated') fate.repeats++;
  }
  return fates;
}

/** The message that the event takes from the network or copies there. */
function movedId(event: TraceEvent): MessageId | undefined {
  if ('message' in event) return event.message.id;
  return 'server' in event ? undefined : event.args.id;
}

function sendsOf(event: TraceEvent): readonly Message[] {
  return 'sends' in event ? event.sends : [];
}

function releasesOf(event: TraceEvent): readonly MessageId[] {
  return event.action === 'Persist' ? (event.releases ?? []) : [];
}

function copiesOf(flying: Iterable<Fate>): Message[] {
  return [...flying].flatMap(({ message, copies }) => Array<Message>(copies).fill(message));
}
