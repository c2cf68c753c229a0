import { HiddenNextIndex } from '../../traces/hidden-next-index.ts';
import { hashContents } from '../../traces/message-contents.ts';
import type { RecordedEvent } from '../../traces/recording.ts';
import type { Message, MessageId, Server, TraceEvent } from '../../traces/trace-format.ts';
import type { ClusterState } from '../replay/cluster-state.ts';

/** What RaftTrace.tla consumes one at a time: a recorded event, or a step that the recording implies. */
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
    }
  | {
      /** The event at this position shows a nextIndex that others have hidden. */
      readonly kind: 'learned';
      readonly at: number;
      readonly leader: Server;
      readonly nextIndex: Readonly<Record<Server, number>>;
    };

/** The messages that an event names by their ids alone. */
export interface StepMessages {
  /** Of a recorded DropMessage or DuplicateMessage; absent if the recording has no copy of it left. */
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
  readonly contents: Contents;
  /** It left when a Persist released it, not when it was created. */
  released: boolean;
  /** Receives beyond those for which a copy was sent or recorded. */
  repeats: number;
  /** The network's steps that its first receive needs have been made. */
  prepared: boolean;
  /** How many copies the recording itself has made and not used up: none is there to be lost or duplicated at 0. */
  recorded: number;
}

/** What messages say: the spec's network is a bag of that, so one that says the same may be taken for another. */
interface Contents {
  readonly message: Message;
  /** The index of the last event that receives, loses or duplicates these contents; -1 if none does. */
  lastTouch: number;
  /** How many are in flight, if all that was created and is never released left at once. */
  copies: number;
}

/**
 * Turns recorded events into steps of RaftTrace.tla. A message that is received again is duplicated just before it is
 * touched first; contents that no later event touches are lost, so that the network stays small.
 *
 * @param borders states before which the walk may be cut
 */
export function planSteps(events: readonly RecordedEvent[], borders: readonly ClusterState[]): TracePlan {
  const fates = readFates(events);
  const borderAt = new Map(borders.map((border) => [border.position, border]));
  const steps: TraceStep[] = [];
  const firstStep: number[] = [];
  const inFlight = new Map<number, readonly Message[]>();
  const flying = new Set<Contents>();
  const hidden = new HiddenNextIndex();
  const move = (contents: Contents, copies: number) => {
    contents.copies += copies;
    if (contents.copies > 0) flying.add(contents);
    else flying.delete(contents);
  };

  events.forEach(({ event, position: at, origin }, index) => {
    const border = borderAt.get(at);
    if (border !== undefined) inFlight.set(at, copiesAt(border, flying, fates));
    firstStep.push(steps.length);

    const moved = fates.get(movedId(event) ?? '');
    if (moved !== undefined && !moved.prepared) {
      moved.prepared = true;
      const { message, contents } = moved;
      if (origin === 'environment') {
        steps.push({ kind: 'inserted', at, action: 'EnvironmentSends', message });
        move(contents, 1);
      }
      for (let copy = 0; copy < moved.repeats; copy++) {
        steps.push({ kind: 'inserted', at, action: 'DuplicateMessage', message });
        move(contents, 1);
      }
    }

    const nextIndex = hidden.shownBy(event);
    if (nextIndex !== undefined && 'server' in event) {
      steps.push({ kind: 'learned', at, leader: event.server, nextIndex });
    }
    hidden.take(event);

    const releases = releasesOf(event).map((id) => fates.get(id));
    const messages: StepMessages = {
      ...(moved === undefined || moved.recorded === 0 ? {} : { moved: moved.message }),
      released: releases.map((fate) => fate?.message),
    };
    steps.push({ kind: 'event', at, event, messages });

    const sent = sendsOf(event).map(({ id }) => fates.get(id));
    for (const fate of sent) if (fate !== undefined) fate.recorded = 1;
    const changed: Contents[] = [];
    if (moved !== undefined) {
      const copies = event.action === 'DuplicateMessage' ? 1 : -1;
      if (origin !== 'repeated' && moved.recorded > 0) moved.recorded += copies;
      move(moved.contents, copies);
      changed.push(moved.contents);
    }
    for (const fate of [...sent.filter((each) => each?.released === false), ...releases]) {
      if (fate === undefined) continue;
      move(fate.contents, 1);
      changed.push(fate.contents);
    }
    for (const contents of changed) {
      if (contents.lastTouch > index) continue;
      for (; contents.copies > 0; move(contents, -1)) {
        steps.push({ kind: 'inserted', at, action: 'LoseMessage', message: contents.message });
      }
    }
  });
  firstStep.push(steps.length);
  return { steps, firstStep, inFlight };
}

function readFates(events: readonly RecordedEvent[]): Map<MessageId, Fate> {
  const fates = new Map<MessageId, Fate>();
  // Where two contents had one hash, both would be kept as long as either is needed.
  const byHash = new Map<number, Contents>();
  const learn = (message: Message): Fate => {
    const known = fates.get(message.id);
    if (known !== undefined) return known;
    const hash = hashContents(message);
    const contents = byHash.get(hash) ?? { message, lastTouch: -1, copies: 0 };
    byHash.set(hash, contents);
    const fate = { message, contents, released: false, repeats: 0, prepared: false, recorded: 0 };
    fates.set(message.id, fate);
    return fate;
  };
  events.forEach(({ event, origin }, index) => {
    for (const message of sendsOf(event)) learn(message);
    for (const id of releasesOf(event)) {
      const fate = fates.get(id);
      if (fate !== undefined) fate.released = true;
    }
    const fate = 'message' in event ? learn(event.message) : fates.get(movedId(event) ?? '');
    if (fate === undefined) return;
    fate.contents.lastTouch = index;
    if (origin === 'repeated') fate.repeats++;
  });
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

/** What is in flight and needed later, less what never left although nothing says that it waited. */
function copiesAt(
  { servers, lost }: ClusterState,
  flying: Iterable<Contents>,
  fates: ReadonlyMap<MessageId, Fate>,
): Message[] {
  const waiting = Object.values(servers).flatMap(({ pending }) =>
    pending.flatMap(({ promised }) => promised.map(({ id }) => id)),
  );
  const stayed = new Map<Contents, number>();
  for (const id of [...waiting, ...lost]) {
    const fate = fates.get(id);
    if (fate?.released === false) stayed.set(fate.contents, (stayed.get(fate.contents) ?? 0) + 1);
  }
  return [...flying].flatMap((contents) => {
    const copies = Math.max(0, contents.copies - (stayed.get(contents) ?? 0));
    return Array<Message>(copies).fill(contents.message);
  });
}
