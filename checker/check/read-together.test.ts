import { describe, expect, it } from 'vitest';
import { EVENTS, HEADER } from '../../traces/election-trace.fixture.ts';
import type { RecordedEvent, Recording } from '../../traces/recording.ts';
import { readTogether } from './read-together.ts';

/** Batches of one event; `log` is told what happens to the source. */
function recordingOf(count: number, log: string[] = [], fault?: Error): Recording {
  async function* events(): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
    try {
      for (let position = 0; position < count; position++) {
        const [event] = EVENTS;
        log.push(`read ${position}`);
        yield [{ event, position, file: 'run.ndjson', line: position + 2, origin: 'none' }];
      }
      if (fault !== undefined) throw fault;
    } finally {
      log.push('closed');
    }
  }
  return {
    header: HEADER,
    events: { [Symbol.asyncIterator]: events },
    ending: () => ({ events: count, cutOff: [] }),
  };
}

/** Reads up to so many events. */
async function count(recording: Recording, most: number): Promise<number> {
  let read = 0;
  for await (const batch of recording.events) {
    read += batch.length;
    if (read >= most) break;
  }
  return read;
}

describe('several readers of one recording', () => {
  it('each get all of it, read once', async () => {
    const log: string[] = [];
    const all = (recording: Recording) => count(recording, 100);
    expect(await readTogether(recordingOf(3, log), [all, all, all], () => false)).toEqual([3, 3, 3]);
    expect(log).toEqual(['read 0', 'read 1', 'read 2', 'closed']);
  });

  it('go on where one leaves', async () => {
    const counts = await readTogether(
      recordingOf(5),
      [(recording) => count(recording, 2), (recording) => count(recording, 100)],
      () => false,
    );
    expect(counts).toEqual([2, 5]);
  });

  it('end with the one that came to a final result, and have all seen what it saw', async () => {
    const log: string[] = [];
    const counts = await readTogether(
      recordingOf(1000, log),
      [(recording) => count(recording, 2), (recording) => count(recording, 1000)],
      (read) => read === 2,
    );
    expect(counts).toEqual([2, 2]);
    expect(log).toEqual(['read 0', 'read 1', 'closed']);
  });

  it('all fail where the recording is malformed, behind what comes before', async () => {
    const seen: number[] = [];
    const all = async (recording: Recording) => {
      for await (const [recorded] of recording.events) seen.push(recorded?.position ?? -1);
    };
    const fault = new Error('malformed');
    await expect(readTogether(recordingOf(2, [], fault), [all, all], () => false)).rejects.toBe(fault);
    expect(seen).toEqual([0, 0, 1, 1]);
  });

  it('fail with the one that fails, and close the recording', async () => {
    const log: string[] = [];
    const broken = async (): Promise<number> => {
      throw new Error('broken');
    };
    const readers = [broken, (recording: Recording) => count(recording, 100)];
    await expect(readTogether(recordingOf(9, log), readers, () => false)).rejects.toThrow('broken');
    expect(log.at(-1)).not.toBe('read 8');
  });
});
