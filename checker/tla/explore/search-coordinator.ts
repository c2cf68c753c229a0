import type { State } from '../compile/compiled-spec.ts';
import { EvaluationError } from '../values/evaluation-error.ts';
import { decodeState } from './encoded-state.ts';
import type { WorkerSearchOptions } from './explore-in-workers.ts';
import {
  type Counts,
  depthOf,
  type ExploreReport,
  type Failure,
  type Path,
  type Violation,
} from './explore-report.ts';
import { completedPath, type Stop, violationOf } from './finding.ts';
import { reportOf } from './report-of.ts';
import { NO_STATE } from './state-table.ts';
import type { Answer, EncodedEnd, EncodedFailure, EncodedFinding, WorkerCounts } from './worker-messages.ts';
import { OutOfMemory, type WorkerTeam } from './worker-team.ts';

type LevelDone = Extract<Answer, { type: 'level done' }>;
type StateTold = Extract<Answer, { type: 'state' }>;

const NOTHING: WorkerCounts = { generated: 0, stored: 0, queue: 0 };

/** Leads workers from level to level, and puts together what they found. */
export class SearchCoordinator {
  readonly #team: WorkerTeam;
  readonly #options: WorkerSearchOptions;
  readonly #counts: WorkerCounts[];
  readonly #violations = new Map<string, Violation>();
  #failure: Failure | undefined;
  #level = 0;
  #levelEnd = 0;
  #stopped: Stop | undefined;
  #explored = 0;
  /** Who waits for the end of the level, or for a state. */
  #levelDone: (answer: LevelDone, worker: number) => void = () => {};
  #stateTold: (answer: StateTold) => void = () => {};

  constructor(team: WorkerTeam, options: WorkerSearchOptions) {
    this.#team = team;
    this.#options = options;
    this.#counts = Array.from({ length: team.size }, () => NOTHING);
    team.onAnswer = (answer, worker) => this.#hear(answer, worker);
  }

  async run(): Promise<ExploreReport> {
    const abort = () => this.#abort();
    this.#options.abort?.addEventListener('abort', abort);
    if (this.#options.abort?.aborted) abort();
    try {
      await this.#levelByLevel();
    } catch (error) {
      if (!(error instanceof OutOfMemory)) throw error;
      this.#stopped = 'memory';
    } finally {
      this.#options.abort?.removeEventListener('abort', abort);
    }
    return reportOf(this.#total, {
      stopped: this.#stopped,
      violations: [...this.#violations.values()],
      failure: this.#failure,
    });
  }

  async #levelByLevel(): Promise<void> {
    await this.#runLevel('find initial states');
    while (this.#stopped === undefined && this.#queue > 0) {
      this.#level++;
      this.#levelEnd = this.#total.distinct;
      if (this.#level >= (this.#options.maxDepth ?? Infinity)) this.#stopped = 'depth';
      else await this.#runLevel('explore level');
    }
  }

  async #runLevel(type: 'find initial states' | 'explore level'): Promise<void> {
    const answers = await this.#teamAnswers(type);
    this.#stopped = answers.map(({ stopped }) => stopped).find((stopped) => stopped !== undefined);
    const findings = answers.flatMap((answer) => answer.findings);
    for (const finding of shortestFirst(findings)) await this.#addFinding(finding);
    const failure = answers.map((answer) => answer.failure).find((each) => each !== undefined);
    if (failure === undefined) return;
    // Who found the violation had ended there; whoever failed had not come to it.
    if (this.#violations.size > 0 && this.#options.continueAfterViolation !== true)
      this.#stopped = 'at violation';
    else this.#failure = await this.#failureOf(failure);
  }

  #teamAnswers(type: 'find initial states' | 'explore level'): Promise<LevelDone[]> {
    const answers = new Map<number, LevelDone>();
    const all = new Promise<LevelDone[]>((resolve) => {
      this.#levelDone = (answer, worker) => {
        answers.set(worker, answer);
        if (answers.size === this.#team.size)
          resolve([...answers].sort(([a], [b]) => a - b).map(([, each]) => each));
      };
    });
    this.#team.commandAll({ type });
    return Promise.race([all, this.#team.death]);
  }

  #hear(answer: Answer, worker: number): void {
    if (answer.type === 'state') {
      this.#stateTold(answer);
      return;
    }
    const { generated, stored, queue } = answer;
    this.#counts[worker] = { generated, stored, queue };
    if (answer.type === 'level done') this.#levelDone(answer, worker);
    this.#tick();
  }

  /** Tells about progress, and asks whether to stop. */
  #tick(): void {
    const { progressInterval = 65536 } = this.#options;
    const { distinct } = this.#total;
    const explored = distinct - this.#queue;
    if (Math.floor(explored / progressInterval) > Math.floor(this.#explored / progressInterval))
      this.#options.onProgress?.({ ...this.#total, queue: this.#queue });
    this.#explored = explored;
    const stop = this.#options.shouldStop?.();
    if (stop !== undefined) this.#team.stopAll(stop);
  }

  #abort(): void {
    this.#team.stopAll(this.#options.shouldStop?.() ?? 'signal');
  }

  async #addFinding(finding: EncodedFinding): Promise<void> {
    const { kind, name } = finding;
    const formula = `${kind} ${name}`;
    if (this.#violations.has(formula)) return;
    if (this.#violations.size > 0 && this.#options.continueAfterViolation !== true) return;
    const { end } = finding;
    this.#violations.set(
      formula,
      violationOf({ kind, name, end: { stored: end.stored, last: undefined } }, await this.#pathTo(end)),
    );
  }

  async #failureOf({ during, code, message, span, end }: EncodedFailure): Promise<Failure> {
    return { during, error: new EvaluationError(code, message, span), path: await this.#pathTo(end) };
  }

  async #pathTo({ stored, last }: EncodedEnd): Promise<Path> {
    const path: State[] = [];
    for (let at = stored; at !== NO_STATE; ) {
      const { state, predecessor } = await this.#tell(at);
      path.push(decodeState(state));
      at = predecessor;
    }
    return completedPath(path.reverse(), last && decodeState(last));
  }

  #tell(number: number): Promise<StateTold> {
    const told = new Promise<StateTold>((resolve) => {
      this.#stateTold = resolve;
    });
    const worker = number % this.#team.size;
    this.#team.command(worker, { type: 'tell state', index: (number - worker) / this.#team.size });
    return Promise.race([told, this.#team.death]);
  }

  get #queue(): number {
    return this.#counts.reduce((sum, { queue }) => sum + queue, 0);
  }

  get #total(): Counts {
    const distinct = this.#counts.reduce((sum, { stored }) => sum + stored, 0);
    const generated = this.#counts.reduce((sum, each) => sum + each.generated, 0);
    return { generated, distinct, depth: depthOf(this.#level, distinct > this.#levelEnd) };
  }
}

/** Within a level, only deadlocks have shorter paths than the others. */
function shortestFirst(findings: readonly EncodedFinding[]): EncodedFinding[] {
  const deadlocks = findings.filter(({ kind }) => kind === 'deadlock');
  return [...deadlocks, ...findings.filter(({ kind }) => kind !== 'deadlock')];
}
