import type { State } from '../compile/compiled-spec.ts';
import type { ExploreOptions } from './explore-options.ts';
import { type Counts, depthOf, type ExploreReport, type Path } from './explore-report.ts';
import type { ExploredModel } from './explored-model.ts';
import { completedPath, failureOf, type PathEnd, type Stop, violationOf } from './finding.ts';
import type { InSteps } from './in-steps.ts';
import { fitsIntoMemory } from './memory-budget.ts';
import { reportOf } from './report-of.ts';
import { Shard, type ShardHost } from './shard.ts';
import { NO_STATE } from './state-table.ts';

/** A search of all states level by level, in this thread alone. */
export class BreadthFirstSearch implements ShardHost {
  readonly continueAfterViolation: boolean;
  readonly partition = undefined;
  readonly #options: ExploreOptions;
  readonly #shard: Shard;
  /** The level whose states are explored; 0 before there are any. */
  #level = 0;
  /** How many states are of that level or before. */
  #levelEnd = 0;

  constructor(model: ExploredModel, options: ExploreOptions) {
    this.#options = options;
    this.continueAfterViolation = options.continueAfterViolation ?? false;
    this.#shard = new Shard(model, this);
  }

  *inSteps(): InSteps<ExploreReport> {
    const shard = this.#shard;
    shard.findInitialStates();
    while (shard.stopped === undefined && shard.queue > 0) {
      this.#level++;
      this.#levelEnd = shard.store.states.size;
      if (this.#level >= (this.#options.maxDepth ?? Infinity)) shard.stopped = 'depth';
      else yield* shard.exploreLevel();
    }
    return reportOf(this.#counts, {
      stopped: shard.stopped,
      violations: shard.findings.map((finding) => violationOf(finding, this.#pathTo(finding.end))),
      failure: shard.failure && failureOf(shard.failure, this.#pathTo(shard.failure.end)),
    });
  }

  shouldStop(explored: number): Stop | undefined {
    const { progressInterval = 65536, stopInterval = 1024, ...options } = this.#options;
    if (explored % progressInterval === 0 && explored > 0) this.#tell();
    const asked = this.#options.shouldStop?.();
    if (asked !== undefined) return asked;
    if (explored % stopInterval !== 0) return undefined;
    const growth = this.#shard.store.states.nextGrowthBytes;
    return fitsIntoMemory(growth, options.maxMemoryBytes ?? Infinity, options.memoryUsed)
      ? undefined
      : 'memory';
  }

  metInitial(): void {
    if (this.#shard.generated % (this.#options.progressInterval ?? 65536) === 0) this.#tell();
  }

  mayStore(stored: number): boolean {
    return stored < (this.#options.maxStates ?? Infinity);
  }

  #tell(): void {
    this.#options.onProgress?.({ ...this.#counts, queue: this.#shard.queue });
  }

  #pathTo({ stored, last }: PathEnd): Path {
    const { store } = this.#shard;
    const path: State[] = [];
    for (let at = stored; at !== NO_STATE; at = store.states.predecessor(at)) path.push(store.state(at));
    return completedPath(path.reverse(), last);
  }

  get #counts(): Counts {
    const distinct = this.#shard.store.states.size;
    return {
      generated: this.#shard.generated,
      distinct,
      depth: depthOf(this.#level, distinct > this.#levelEnd),
    };
  }
}
