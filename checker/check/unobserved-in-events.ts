import { VARIABLES } from '../../traces/actions.ts';
import type { RecordedEvent } from '../../traces/recording.ts';
import type { Variable } from '../../traces/trace-format.ts';

/** How often single events say nothing of a variable that the recording otherwise shows. */
export class UnobservedInEvents {
  readonly #events = new Map<Variable, number>();

  take(batch: readonly RecordedEvent[]): void {
    for (const { event } of batch) {
      if (!('server' in event) || event.unobserved === undefined) continue;
      for (const variable of new Set(event.unobserved))
        this.#events.set(variable, (this.#events.get(variable) ?? 0) + 1);
    }
  }

  /** The variables in the format's order, each with the number of events that leave it out. */
  get counts(): readonly { readonly variable: Variable; readonly events: number }[] {
    return VARIABLES.flatMap((variable) => {
      const events = this.#events.get(variable);
      return events === undefined ? [] : [{ variable, events }];
    });
  }
}
