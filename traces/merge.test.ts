import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ByteSource } from './byte-source.ts';
import { HEADER, traceText } from './election-trace.fixture.ts';
import { type Draw, mergeFiles } from './merge.ts';
import { mergeHeaders } from './merge-headers.ts';
import type { RecordedEvent } from './recording.ts';
import { TraceFile } from './trace-file.ts';
import type { RequestVoteRequest, RequestVoteResponse, Server, ServerTraceEvent } from './trace-format.ts';

const SERVERS = HEADER.servers;

interface Recorder {
  readonly name: Server;
  readonly events: ServerTraceEvent[];
  term: number;
  /** For each pending write the messages that wait for it. */
  readonly pending: (RequestVoteRequest | RequestVoteResponse)[][];
}

/**
 * Some run of servers that send, hold back, release, receive and receive again. It makes no sense as Raft, which the
 * merge does not know. Each number takes one step.
 */
function runOf(steps: readonly number[]): readonly Recorder[] {
  const recorders: readonly Recorder[] = SERVERS.map((name) => ({ name, events: [], term: 0, pending: [] }));
  const inFlight: (RequestVoteRequest | RequestVoteResponse)[] = [];
  for (const step of steps) {
    const { name, events, pending, ...recorder } = pick(recorders, step % 3);
    const seq = events.length + 1;
    const action = Math.floor(step / 3) % 4;
    const choice = Math.floor(step / 12);
    const send = (message: RequestVoteRequest | RequestVoteResponse, promised: boolean) => {
      const waiting = promised ? pending.at(-1) : undefined;
      (waiting ?? inFlight).push(message);
    };
    const head = { server: name, seq };
    const mine = inFlight.filter(({ to }) => to === name);
    if (action === 0 || recorder.term === 0) {
      pick(recorders, step % 3).term += 1;
      pending.push([]);
      events.push({ ...head, action: 'Timeout', state: { currentTerm: recorder.term + 1 } });
    } else if (action === 1 && pending.length > 0) {
      const writes = 1 + (choice % pending.length);
      const released = pending.splice(0, writes).flat();
      inFlight.push(...released);
      const releases = released.length > 0 ? { releases: released.map(({ id }) => id) } : {};
      events.push({ ...head, action: 'Persist', args: { writes }, ...releases });
    } else if (action === 2 && mine.length > 0) {
      const message = pick(mine, choice % mine.length);
      // Now and then a copy stays.
      if (choice % 5 > 0) inFlight.splice(inFlight.indexOf(message), 1);
      if (message.type === 'RequestVoteResponse') {
        events.push({ ...head, action: 'HandleRequestVoteResponse', message });
        continue;
      }
      const voteGranted = choice % 2 === 0;
      const envelope = { id: `${name}:${seq}.0`, from: name, to: message.from, term: recorder.term };
      const reply = { ...envelope, type: 'RequestVoteResponse', voteGranted } as const;
      events.push({ ...head, action: 'HandleRequestVoteRequest', message, sends: [reply] });
      send(reply, voteGranted);
    } else {
      const to = pick(SERVERS, (SERVERS.findIndex((each) => each === name) + 1 + (choice % 2)) % 3);
      const envelope = { id: `${name}:${seq}.0`, from: name, to, term: recorder.term };
      const request = { ...envelope, type: 'RequestVoteRequest', lastLogIndex: 0, lastLogTerm: 0 } as const;
      events.push({ ...head, action: 'RequestVote', sends: [request] });
      send(request, true);
    }
  }
  return recorders;
}

function pick<T>(list: readonly T[], k: number): T {
  const item = list[k];
  if (item === undefined) throw new Error(`nothing at ${k}`);
  return item;
}

function inMemory(name: string, text: string): ByteSource {
  async function* chunks() {
    yield Buffer.from(text);
  }
  return { name, chunks, rereadable: true };
}

async function merge(recorders: readonly Recorder[], draw?: Draw): Promise<readonly RecordedEvent[]> {
  const files: TraceFile[] = [];
  for (const { name, events } of recorders) {
    if (events.length === 0) continue;
    files.push(
      await TraceFile.open(inMemory(`${name}.ndjson`, traceText({ ...HEADER, server: name }, events))),
    );
  }
  const merged: RecordedEvent[] = [];
  for await (const batch of mergeFiles(files, mergeHeaders(files), draw === undefined ? {} : { draw }))
    merged.push(...batch);
  return merged;
}

/** What comes before its cause; none in a causal order. */
function violationsOf(merged: readonly RecordedEvent[]): readonly string[] {
  const violations: string[] = [];
  const lastOf = new Map<Server, number>();
  const sent = new Set<string>();
  const releasedLater = new Set(
    merged.flatMap(({ event }) => (event.action === 'Persist' ? (event.releases ?? []) : [])),
  );
  for (const { event } of merged) {
    if (!('server' in event)) continue;
    if (event.seq !== (lastOf.get(event.server) ?? 0) + 1)
      violations.push(`${event.server}:${event.seq} out of order`);
    lastOf.set(event.server, event.seq);
    if ('message' in event && !sent.has(event.message.id))
      violations.push(`${event.message.id} was not sent`);
    if ('message' in event && releasedLater.has(event.message.id))
      violations.push(`${event.message.id} was held`);
    if ('sends' in event) sent.add(event.sends[0].id);
    if (event.action === 'Persist') for (const id of event.releases ?? []) releasedLater.delete(id);
  }
  return violations;
}

const runs = fc
  .array(fc.integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 120, size: 'max' })
  .map(runOf);

test('the merge is a causal order of all events', async () => {
  await fc.assert(
    fc.asyncProperty(runs, async (recorders) => {
      const merged = await merge(recorders);
      expect(merged).toHaveLength(recorders.reduce((sum, { events }) => sum + events.length, 0));
      expect(merged.map(({ position }) => position)).toEqual(merged.map((_, k) => k));
      expect(violationsOf(merged)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('so is any other that is drawn', async () => {
  await fc.assert(
    fc.asyncProperty(runs, fc.infiniteStream(fc.nat()), async (recorders, numbers) => {
      const draw: Draw = (count) => Number(numbers.next().value) % count;
      const merged = await merge(recorders, draw);
      expect(merged).toHaveLength(recorders.reduce((sum, { events }) => sum + events.length, 0));
      expect(violationsOf(merged)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('the order does not depend on that of the files', async () => {
  await fc.assert(
    fc.asyncProperty(runs, async (recorders) => {
      const order = (merged: readonly RecordedEvent[]) => merged.map(({ event }) => event);
      expect(order(await merge(recorders.toReversed()))).toEqual(order(await merge(recorders)));
    }),
  );
});

test('a first receive is sent, a further one repeated', async () => {
  await fc.assert(
    fc.asyncProperty(runs, async (recorders) => {
      const received = new Set<string>();
      for (const { event, origin } of await merge(recorders)) {
        if (!('message' in event)) expect(origin).toBe('none');
        else expect(origin).toBe(received.has(event.message.id) ? 'repeated' : 'sent');
        if ('message' in event) received.add(event.message.id);
      }
    }),
  );
});
