import type { RecordedEvent } from '../../../traces/recording.ts';
import { CodedError } from '../../diagnostics/coded-error.ts';
import type { State } from '../compile/compiled-spec.ts';
import { same } from '../values/operations.ts';

/** So many states may be possible at once: each costs an evaluation for each event. */
const MOST_STATES = 1_000;

/** What was not observed leaves more states possible than are carried. */
export class TooManyStates extends CodedError {
  /** How many events lead there. */
  readonly events: number;

  /** @param recorded the event after which it is so; at the start there is none */
  constructor(recorded: RecordedEvent | undefined) {
    const events = recorded?.position ?? 0;
    const message = `what was not observed leaves more than ${MOST_STATES.toLocaleString('en-US')} states possible after ${events} events`;
    super('RC4301', message, recorded === undefined ? {} : { file: recorded.file, line: recorded.line });
    this.events = events;
  }
}

/**
 * The states that a search finds, each once. It is ended where it finds too many: there may be more than fit into any memory.
 *
 * @param recorded the event that the search is for
 * @throws TooManyStates
 */
export function possibleStates(
  search: (found: (state: State) => void) => void,
  recorded: RecordedEvent | undefined,
): readonly State[] {
  const states: State[] = [];
  search((state) => {
    if (states.some((known) => areEqual(known, state))) return;
    if (states.length === MOST_STATES) throw new TooManyStates(recorded);
    states.push(state);
  });
  return states;
}

function areEqual(a: State, b: State): boolean {
  return a.every((value, index) => {
    const other = b[index];
    return other !== undefined && same(value, other);
  });
}
