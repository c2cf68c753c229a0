import type { Header } from '../../../traces/trace-format.ts';
import { initialState } from '../../tlc/initial-state.ts';
import {
  lazyFunction,
  modelValue,
  NATURALS,
  recordOf,
  recordShape,
  sequence,
  setOf,
  string,
} from '../values/operations.ts';
import type { Value } from '../values/value.ts';
import { clusterValue, NIL } from './event-values.ts';

/** More events than a recording can have: the walk is over when the recording is. */
const NO_LAST_EVENT = 2 ** 31 - 1;

/** What stands for the constant Events: whichever position is asked for, it is the event that was presented last. */
export class EventStage {
  #presented: Value | undefined;
  readonly events: Value = lazyFunction(
    NATURALS,
    () => {
      if (this.#presented === undefined) throw new RangeError('no event was presented');
      return this.#presented;
    },
    false,
  );

  present(event: Value): void {
    this.#presented = event;
  }
}

/** The values of RaftTrace.tla's constants for a recording. */
export function traceConstants(header: Header, events: Value): ReadonlyMap<string, Value> {
  const strings = (texts: readonly string[]): Value => setOf(texts.map((text) => string(text)));
  return new Map<string, Value>([
    ['Nil', modelValue(NIL)],
    ['Command', setOf([])],
    ['Server', strings(header.servers)],
    ['InitialConfiguration', recordOf(recordShape(['voters']), [strings(header.configuration.voters)])],
    ['Features', strings(header.features)],
    ['Observed', strings(header.observed)],
    ['Events', events],
    ['Chunks', sequence([chunkOf(header)])],
  ]);
}

function chunkOf(header: Header): Value {
  const start = initialState(header);
  return start === undefined
    ? recordOf(recordShape(['first', 'last']), [1, NO_LAST_EVENT])
    : recordOf(recordShape(['first', 'last', 'start']), [
        1,
        NO_LAST_EVENT,
        clusterValue(start, header.servers),
      ]);
}
