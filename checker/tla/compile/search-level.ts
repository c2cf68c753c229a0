/**
 * What TLCGet("level") says: the level of the state that a search is at, whose successors are being found and checked.
 * Initial states are of level 1; before a search is at any state, while it finds the initial states and checks them,
 * it is 0. So what a formula sees is the level of the state before the one that it is about (tlc2.module.TLC with
 * tlc2.util.IdThread.getCurrentState, which only tlc2.tool.Worker and tlc2.tool.SimulationWorker set).
 */
export class SearchLevel {
  /** undefined where no model is explored. */
  current: number | undefined;
  #wasRead = false;

  /** Whether any formula has seen a level. Until then, each would say the same of the same state again. */
  get wasRead(): boolean {
    return this.#wasRead;
  }

  read(): number | undefined {
    this.#wasRead = true;
    return this.current;
  }
}
