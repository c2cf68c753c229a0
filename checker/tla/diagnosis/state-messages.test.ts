import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { CORPUS_FOLDER } from '../../../traces/corpus-manifest.ts';
import { openRecording } from '../../../traces/open-recording.ts';
import type { RecordedEvent } from '../../../traces/recording.ts';
import type { Server } from '../../../traces/trace-format.ts';
import { ReplayEngine } from '../../replay/replay-engine.ts';
import { initParser } from '../syntax/parser.ts';
import { TraceWalk } from '../trace/trace-walk.ts';
import { messagesBefore } from './messages-around.ts';
import { StateMessages } from './state-messages.ts';

beforeAll(initParser);

type Ids = readonly (string | undefined)[];

/** Replay knows messages by their ids: what waits by its account, and what is on its way then. */
class ByReplay {
  readonly #engine: ReplayEngine;
  readonly #copies = new Map<string, number>();

  constructor(engine: ReplayEngine) {
    this.#engine = engine;
  }

  waiting(server: Server): readonly Ids[] {
    const { pending } = this.#engine.border().servers[server] ?? { pending: [] };
    return pending.map(({ promised }) => promised.map(({ id }) => id));
  }

  /** @param waiting what waits at any server */
  inFlight({ event, origin }: RecordedEvent, waiting: Ids): Ids {
    const arriving = 'message' in event && origin !== 'sent' ? [event.message.id] : [];
    const left = [...this.#copies].flatMap(([id, copies]) =>
      copies > 0 && !waiting.includes(id) ? [id] : [],
    );
    return [...new Set([...left, ...arriving])].sort();
  }

  step(recorded: RecordedEvent): void {
    const { event, origin } = recorded;
    if (event.action === 'Restart')
      for (const id of this.waiting(event.server).flat()) this.#copies.delete(id ?? '');
    expect(this.#engine.step(recorded)).toBeUndefined();
    if ('sends' in event) for (const { id } of event.sends) this.#copies.set(id, 1);
    const id = 'message' in event ? event.message.id : 'server' in event ? undefined : event.args.id;
    if (id === undefined || origin === 'repeated') return;
    this.#copies.set(id, (this.#copies.get(id) ?? 0) + (event.action === 'DuplicateMessage' ? 1 : -1));
  }
}

describe('the ids of the messages in a state', () => {
  it.each(['crashes', 'figure-8', 'mid-life', 'three-servers', 'unrecorded-server'])(
    'are those that replay knows, before each event of %s',
    async (name) => {
      const path = join(CORPUS_FOLDER, 'accepted', `${name}.ndjson`);
      const { header, events } = await openRecording({ kind: 'merged', path, files: [path] });
      const walk = await TraceWalk.open(header);
      const byReplay = new ByReplay(new ReplayEngine(header));
      for await (const batch of events) {
        for (const recorded of batch) {
          const { presented, before, messages } = walk.look(recorded);
          const [state] = before;
          if (state === undefined) throw new Error('no state');
          const found = new StateMessages(
            messagesBefore(recorded, presented, messages),
            state,
            walk.variables,
          );
          const waiting = header.servers.map((server) => byReplay.waiting(server));
          expect(
            header.servers.map((server) => found.waiting(server).map((each) => each.map(({ id }) => id))),
          ).toEqual(waiting);
          const inFlight = found.inFlight().map(({ id }) => id);
          expect(inFlight.sort()).toEqual(byReplay.inFlight(recorded, waiting.flat(2)));
          byReplay.step(recorded);
          expect(walk.step(recorded).outcome).toBe('matched');
        }
      }
    },
  );
});
