import { expect, it } from 'vitest';
import type { RecordedEvent } from '../../../traces/recording.ts';
import { HEADER, recordedEvents, STORY } from '../../tlc/recorded-run.fixture.ts';
import { checkWithNative } from './native-engine.ts';

/** An event that takes its time, in which somebody interrupts. */
function slow(recorded: RecordedEvent, interrupt: () => void): RecordedEvent {
  let isFirstLook = true;
  return {
    ...recorded,
    get event() {
      const startMs = performance.now();
      if (isFirstLook) setImmediate(interrupt);
      while (isFirstLook && performance.now() - startMs < 100);
      isFirstLook = false;
      return recorded.event;
    },
  };
}

it('hears of an interruption in the midst of a batch', async () => {
  const interruption = new AbortController();
  async function* events(): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
    yield recordedEvents(STORY).map((each) =>
      each.position === 3 ? slow(each, () => interruption.abort()) : each,
    );
  }
  const recording = { header: HEADER, events: events(), ending: () => ({ events: 0, cutOff: [] }) };
  expect((await checkWithNative(recording, { signal: interruption.signal })).verdict).toEqual({
    verdict: 'inconclusive',
    code: 'RC4002',
    message: 'interrupted after 4 events',
    events: 4,
  });
});
