import type { State } from '../compile/compiled-spec.ts';
import { bagPlus, EMPTY_BAG, functionOf } from '../values/operations.ts';
import { FunctionValue, type Value } from '../values/value.ts';
import { ValueMap } from '../values/value-map.ts';

/**
 * Messages in flight that the next event has nothing to do with. An action of Raft looks at the network only to see
 * whether the message that it handles is there, and changes its count alone; so the others can be kept aside, and an
 * event costs what its own message costs, however many were lost before. What is kept aside and what is left are
 * together what the spec says is in flight.
 */
export class ParkedMessages {
  readonly #network: number;
  readonly #counts = new ValueMap<number>();

  /** @param network the index of the variable */
  constructor(network: number) {
    this.#network = network;
  }

  /** Takes everything out of the network; where several states are possible, it stays as it is. */
  park(states: readonly State[]): readonly State[] {
    const [state, ...others] = states;
    if (state === undefined || others.length > 0) return states;
    const bag = state[this.#network];
    if (!(bag instanceof FunctionValue)) return states;
    bag.shape.keys.forEach((message, index) => {
      const count = bag.values[index];
      if (typeof count === 'number') this.#counts.set(message, (this.#counts.get(message) ?? 0) + count);
    });
    return [this.#withNetwork(state, EMPTY_BAG)];
  }

  /** Puts every copy of a message back. */
  fetch(message: Value, states: readonly State[]): readonly State[] {
    const count = this.#counts.get(message);
    if (count === undefined) return states;
    this.#counts.delete(message);
    return this.#put(functionOf([message], [count]), states);
  }

  /** The states with everything that is parked in their networks. It stays parked. */
  fetchAll(states: readonly State[]): readonly State[] {
    const entries = [...this.#counts.entries()];
    if (entries.length === 0) return states;
    const bag = functionOf(
      entries.map(([message]) => message),
      entries.map(([, count]) => count),
    );
    return this.#put(bag, states);
  }

  #put(bag: Value, states: readonly State[]): readonly State[] {
    return states.map((state) => {
      const before = state[this.#network];
      return before === undefined ? state : this.#withNetwork(state, bagPlus(before, bag));
    });
  }

  #withNetwork(state: State, network: Value): State {
    // Not by map, whose result V8 lays out in another way than all other states once that is optimised.
    const changed = state.slice();
    changed[this.#network] = network;
    return changed;
  }
}
