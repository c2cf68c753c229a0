import type { State, StateFunction } from '../compile/compiled-spec.ts';
import { itemAt } from '../values/item-at.ts';
import { mix } from '../values/mixing.ts';
import { hash } from '../values/operations.ts';
import type { Value } from '../values/value.ts';
import type { ExploredModel, Permutation } from './explored-model.ts';
import { leastImage } from './least-image.ts';
import { Orbits } from './orbits.ts';
import { groupOf } from './permutation-group.ts';
import { StateTable } from './state-table.ts';
import { ValueTable } from './value-table.ts';

/**
 * The states found: their values in a table for each variable, their rows in a state table. Under SYMMETRY a row is
 * that of the least image together with the permutation that led there, so that the state itself is not lost. Under
 * VIEW a row is that of the state as it was found, and the view's number; with both, the view is that of an image.
 */
export class StateStore {
  readonly tables: readonly ValueTable[];
  readonly states: StateTable;
  readonly #variables: number;
  readonly #views = new ValueTable();
  readonly #view: StateFunction | undefined;
  /** Where there is a VIEW, too: the permutations, and which variable decides first about the image that is viewed. */
  readonly #group: readonly Permutation[] | undefined;
  readonly #order: readonly number[];
  readonly #orbits: Orbits | undefined;
  /** The state whose successors are looked for, and the numbers of its values. */
  #from: State = [];
  readonly #fromNumbers: Int32Array;
  readonly #numbers: Int32Array;
  readonly #row: Int32Array;

  constructor(model: Pick<ExploredModel, 'variables' | 'view' | 'symmetry' | 'variableOrder'>) {
    const variables = model.variables.length;
    this.#variables = variables;
    this.tables = model.variables.map(() => new ValueTable());
    this.#view = model.view;
    const { view, symmetry = [] } = model;
    if (symmetry.length > 0 && view === undefined) this.#orbits = new Orbits(symmetry, this.tables);
    if (symmetry.length > 0 && view !== undefined) this.#group = groupOf(symmetry);
    this.#order = model.variableOrder ?? [...model.variables.keys()];
    const isPlain = this.#view === undefined && this.#orbits === undefined;
    const width = isPlain ? variables : variables + 1;
    this.states =
      this.#view === undefined
        ? new StateTable(width, 0, variables)
        : new StateTable(width, variables, variables + 1);
    this.#fromNumbers = new Int32Array(variables);
    this.#numbers = new Int32Array(variables);
    this.#row = new Int32Array(width);
  }

  /** Whether a state is identified with no other one. */
  get isPlain(): boolean {
    return this.#view === undefined && this.#orbits === undefined;
  }

  get bytes(): number {
    return this.tables.reduce((sum, table) => sum + table.bytes, this.states.bytes + this.#views.bytes);
  }

  /** The numbers of the values of the state that was numbered just now. */
  get numbers(): Int32Array {
    return this.#numbers;
  }

  /** Begins with a state whose successors are looked up next: what they share with it need not be hashed. */
  focus(index: number): State {
    const state = this.state(index);
    this.#fromNumbers.set(this.#numbers);
    this.#from = state;
    return state;
  }

  /** The index of the state that is the same as this one, or NO_STATE; then `add` adds it. */
  find(state: State): number {
    this.number(state);
    return this.findNumbered(state);
  }

  /** Looks up the numbers of a state's values. */
  number(state: State): void {
    const from = this.#from;
    for (let variable = 0; variable < this.#variables; variable++) {
      const value = itemAt(state, variable);
      this.#numbers[variable] =
        value === from[variable]
          ? (this.#fromNumbers[variable] ?? 0)
          : itemAt(this.tables, variable).intern(value);
    }
  }

  /** The state that has these numbers, as if `number` had been called with it. */
  stateOf(numbers: Int32Array): State {
    this.#numbers.set(numbers);
    return this.#valuesOf(numbers);
  }

  /** As `find`, for the state that was numbered just now. */
  findNumbered(state: State): number {
    this.#identify(state);
    return this.states.find(this.#row);
  }

  /**
   * A hash of the state that was numbered just now: the same in each thread, and for all states that are one state.
   * With VIEW and SYMMETRY together it is always 0: which state stands for its image's view depends on the order in
   * which they are found, and it shows in the counts, so one thread alone looks for them.
   */
  commonHash(state: State): number {
    if (this.#view !== undefined) return this.#group === undefined ? hash(this.#view.value(state)) : 0;
    if (this.#orbits !== undefined) return this.#orbits.hashOf(this.#numbers);
    let sum = 0;
    for (let variable = 0; variable < this.#variables; variable++) {
      const valueHash = hash(itemAt(this.tables, variable).value(this.#numbers[variable] ?? 0));
      sum = (sum + mix(valueHash ^ Math.imul(variable + 1, 0x9e3779b1))) | 0;
    }
    return mix(sum);
  }

  /** Adds the state that was just now not found; its index. */
  add(predecessor: number): number {
    return this.states.add(this.#row, predecessor);
  }

  state(index: number): State {
    const numbers = this.#numbers;
    this.states.readRow(index, this.#row);
    if (this.#orbits !== undefined)
      this.#orbits.original(this.#row[this.#variables] ?? 0, this.#row, numbers);
    else for (let i = 0; i < this.#variables; i++) numbers[i] = this.#row[i] ?? 0;
    return this.#valuesOf(numbers);
  }

  #valuesOf(numbers: Int32Array): Value[] {
    const values: Value[] = [];
    for (let i = 0; i < this.#variables; i++) values.push(itemAt(this.tables, i).value(numbers[i] ?? 0));
    return values;
  }

  /** Fills the row of the state whose numbers are known. */
  #identify(state: State): void {
    const [row, numbers, orbits, view] = [this.#row, this.#numbers, this.#orbits, this.#view];
    for (let i = 0; i < this.#variables; i++) row[i] = numbers[i] ?? 0;
    if (orbits !== undefined) row[this.#variables] = orbits.leastImage(numbers, row);
    if (view !== undefined) row[this.#variables] = this.#views.intern(view.value(this.#viewed(state)));
  }

  /** The state of which the view is taken. */
  #viewed(state: State): State {
    return this.#group === undefined ? state : leastImage(state, this.#group, this.#order);
  }
}
