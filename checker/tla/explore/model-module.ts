import type { ExploredModel } from './explored-model.ts';

/** Where each worker gets its own model: what travels is plain data. */
export interface ModelLocation {
  /** The URL of a module that exports what ModelModule says. */
  readonly module: string;
  /** What `openModel` is given: something that can be cloned. */
  readonly job: unknown;
}

/** The exports of a module that opens models. */
export interface ModelModule {
  openModel(job: unknown): ExploredModel | Promise<ExploredModel>;
}
