import type { ModelProgress } from '../../model/model-progress.ts';

/** The cells, one number each; what there is not is NaN. */
const CELLS = { distinct: 0, generated: 1, queue: 2, depth: 3, stepsKnown: 4, isRandom: 5 } as const;

/** How far a search is, as another thread sees it at any time, also while the search evaluates something for long. */
export class SharedProgress {
  readonly buffer: SharedArrayBuffer;
  readonly #cells: Float64Array;

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.#cells = new Float64Array(buffer);
  }

  static start(): SharedProgress {
    const progress = new SharedProgress(new SharedArrayBuffer(8 * Object.keys(CELLS).length));
    progress.#cells.fill(Number.NaN);
    return progress;
  }

  tell({ distinct, generated, queue, depth, stepsKnown, isRandom }: ModelProgress): void {
    const cells = this.#cells;
    cells[CELLS.distinct] = distinct;
    cells[CELLS.generated] = generated;
    cells[CELLS.queue] = queue;
    cells[CELLS.depth] = depth ?? Number.NaN;
    cells[CELLS.stepsKnown] = stepsKnown ?? Number.NaN;
    cells[CELLS.isRandom] = isRandom === true ? 1 : 0;
  }

  /** undefined as long as nothing was told. */
  get latest(): ModelProgress | undefined {
    const [distinct, generated, queue, depth, stepsKnown] = [
      this.#known(CELLS.distinct),
      this.#known(CELLS.generated),
      this.#known(CELLS.queue),
      this.#known(CELLS.depth),
      this.#known(CELLS.stepsKnown),
    ];
    if (distinct === undefined || generated === undefined || queue === undefined) return undefined;
    return {
      distinct,
      generated,
      queue,
      ...(depth === undefined ? {} : { depth }),
      ...(stepsKnown === undefined ? {} : { stepsKnown }),
      ...(this.#known(CELLS.isRandom) === 1 ? { isRandom: true } : {}),
    };
  }

  #known(cell: number): number | undefined {
    const value = this.#cells[cell];
    return value === undefined || Number.isNaN(value) ? undefined : value;
  }
}
