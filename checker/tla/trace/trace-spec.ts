import { join } from 'node:path';
import type { Header } from '../../../traces/trace-format.ts';
import { packageRoot } from '../../package-root.ts';
import { type CompiledModule, compileSpec } from '../compile/compile-spec.ts';
import type { Effects } from '../compile/host.ts';
import type { Expression, Module } from '../syntax/ast.ts';
import { loadModule } from '../syntax/load-module.ts';
import { initParser } from '../syntax/parser.ts';
import { internToken } from '../values/operations.ts';
import type { Value } from '../values/value.ts';
import { EventStage, traceConstants } from './trace-constants.ts';

/** A protocol's trace module, bound to one recording: its events are handed in one at a time. */
export interface TraceSpec {
  readonly module: Module;
  readonly tokens: readonly string[];
  readonly compiled: CompiledModule;
  readonly init: Expression;
  readonly next: Expression;
  /** Whether it is the package's own spec, of which more is known than of a user's variant. */
  readonly isBundled: boolean;
  /** What `Events[position]` is, whatever the position. */
  present(event: Value): void;
}

/**
 * Loads RaftTrace.tla for a recording.
 *
 * @param specFolder where modules are looked up before the package's spec
 * @throws TlaError where a module has an error
 */
export async function openTraceSpec(
  header: Header,
  effects: Effects,
  specFolder?: string,
): Promise<TraceSpec> {
  await initParser();
  return bindTraceSpec(header, effects, {
    root: 'RaftTrace',
    sources: new Map(),
    overrides: new Map(),
    ...(specFolder === undefined ? {} : { specFolder }),
  });
}

/** What stands in the place of RaftTrace.tla: a module that extends it, and definitions that replace its own. */
export interface TraceSpecVariant {
  readonly root: string;
  readonly sources: ReadonlyMap<string, string>;
  readonly overrides: ReadonlyMap<string, string>;
  readonly specFolder?: string;
}

/**
 * Loads a variant of RaftTrace.tla for a recording. `initParser()` must have been awaited.
 *
 * @throws TlaError where a module has an error
 */
export function bindTraceSpec(
  header: Header,
  effects: Effects,
  { root: name, sources, overrides, specFolder }: TraceSpecVariant,
): TraceSpec {
  const bundled = join(packageRoot(), 'spec', 'raft');
  const file = join(specFolder ?? bundled, `${name}.tla`);
  const { root, tokens } = loadModule(file, { libraries: [bundled], sources });
  for (const token of tokens) internToken(token);
  const stage = new EventStage();
  const values = traceConstants(header, stage.events);
  const compiled = compileSpec(root, { values, overrides }, effects);
  return {
    module: root,
    tokens,
    compiled,
    init: named(root, 'TraceInit'),
    next: named(root, 'TraceNext'),
    isBundled: specFolder === undefined,
    present: (event) => stage.present(event),
  };
}

/** The definition of a module as an expression. */
export function named(module: Module, name: string): Expression {
  const reference = module.definitions.get(name);
  if (reference === undefined) throw new RangeError(`${module.name} does not define ${name}`);
  return { kind: 'reference', reference, span: module.span };
}
