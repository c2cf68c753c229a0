import { openRecording } from '../../traces/open-recording.ts';
import { findRecordings } from '../../traces/recording-source.ts';
import type { ModelVerdict } from '../model/model-verdict.ts';
import type { EngineVerdict } from '../verdict.ts';
import { compileSpec } from './compile/compile-spec.ts';
import { bindConstants } from './config/bind-constants.ts';
import { parseModelConfig } from './config/parse-config.ts';
import { runNativeModel } from './model/run-native-model.ts';
import type { Module } from './syntax/ast.ts';
import { loadModule, parseExpression } from './syntax/load-module.ts';
import { initParser } from './syntax/parser.ts';
import type { Span } from './syntax/span.ts';
import { checkWithNative } from './trace/native-engine.ts';
import { format, internToken, type Json, toJson } from './values/operations.ts';

/**
 * The TLA+ engine as a library: `import { parse, evaluate, explore, checkTrace } from 'raftcheck/tla'`. See
 * docs/tla-engine.md for an example and for what it does not support.
 */

export { CodedError } from '../diagnostics/coded-error.ts';
export { EvaluationError } from './values/evaluation-error.ts';
export type { EngineVerdict, Json, ModelVerdict, Span };

/** A spec as a text, or as a file together with the modules beside it. */
export type SpecSource =
  | { readonly file: string; readonly libraryFolders?: readonly string[] }
  | { readonly text: string; readonly libraryFolders?: readonly string[] };

/** A name that a module defines or declares. */
export interface Declared {
  readonly name: string;
  readonly arity: number;
  readonly span: Span;
}

/** A module, parsed and with its names resolved. */
export interface Spec {
  readonly name: string;
  readonly constants: readonly Declared[];
  readonly variables: readonly Declared[];
  /** The operators that can be used at its end, those of the modules that it extends included. */
  readonly definitions: readonly Declared[];
}

const MODULES = new WeakMap<Spec, Module>();

/**
 * Parses a module and what it extends and instantiates, and resolves every name.
 *
 * @throws CodedError RC18xx with file and line at the first error
 */
export async function parse(source: SpecSource): Promise<Spec> {
  await initParser();
  const { root, tokens } = load(source);
  // TLC orders strings by when it saw them first, and CHOOSE depends on that order.
  for (const token of tokens) internToken(token);
  const spec: Spec = {
    name: root.name,
    constants: root.constants.map(({ name, arity, span }) => ({ name, arity, span })),
    variables: root.variables.map(({ name, span }) => ({ name, arity: 0, span })),
    definitions: [...root.definitions].flatMap(([name, { target }]) =>
      target.kind === 'definition' ? [{ name, arity: target.parameters.length, span: target.span }] : [],
    ),
  };
  MODULES.set(spec, root);
  return spec;
}

function load(source: SpecSource): ReturnType<typeof loadModule> {
  const libraries = source.libraryFolders ?? [];
  if ('file' in source) return loadModule(source.file, { libraries });
  const name = /MODULE\s+(\w+)/.exec(source.text)?.[1] ?? 'Spec';
  const file = `${name}.tla`;
  return loadModule(file, {
    libraries,
    sources: new Map([
      [file, source.text],
      [name, source.text],
    ]),
  });
}

/** A value: as TLC prints it, and as JSON. */
export interface Evaluated {
  readonly text: string;
  readonly json: Json;
}

/** What an expression may use. */
export interface EvaluationScope {
  /** The module whose names it may use; the standard modules' alone if absent. */
  readonly spec?: Spec;
  /** The text of a cfg file that gives values to the module's constants. */
  readonly config?: string;
}

const STANDARD_MODULES =
  '---- MODULE Standard ----\nEXTENDS Integers, Sequences, FiniteSets, Bags, TLC\n====\n';

/**
 * The value of an expression without variables.
 *
 * @throws CodedError RC18xx where it is no TLA+, EvaluationError where it has no value (RC185x) or is not supported (RC42xx)
 */
export async function evaluate(
  expression: string,
  { spec, config = '' }: EvaluationScope = {},
): Promise<Evaluated> {
  const module = moduleOf(spec ?? (await parse({ text: STANDARD_MODULES })));
  const bindings = bindConstants(parseModelConfig(config, 'config'));
  const value = compileSpec(module, bindings).evaluate(parseExpression(expression, module));
  return { text: format(value), json: toJson(value) };
}

function moduleOf(spec: Spec): Module {
  const module = MODULES.get(spec);
  if (module === undefined) throw new TypeError('this spec was not made by parse()');
  return module;
}

/** A model: a spec, its configuration, and how far to go. */
export interface Exploration {
  readonly specFile: string;
  readonly configFile: string;
  readonly libraryFolders?: readonly string[];
  /** Threads; 1 if absent. */
  readonly workers?: number;
  readonly budgetMs?: number;
  readonly memoryBytes?: number;
}

/**
 * Looks at every state of a model.
 *
 * @throws CodedError RC18xx, RC19xx where spec or configuration are wrong, RC42xx where something is not supported
 */
export async function explore(model: Exploration): Promise<ModelVerdict> {
  return (await runNativeModel(model)).verdict;
}

export interface TraceOptions {
  readonly budgetMs?: number;
  readonly signal?: AbortSignal;
  /** A folder with a RaftTrace.tla of the user's own. */
  readonly specFolder?: string;
}

/** A recording and what the spec says of it. */
export interface CheckedTrace {
  readonly path: string;
  readonly verdict: EngineVerdict;
  /** How many events were judged, as `raftcheck check` counts them: a rejected one, which is the last, included. */
  readonly events: number;
}

/**
 * Holds the recordings at a path (a file, or a folder) against the Raft spec.
 *
 * @throws TraceError RC10xx where a recording is malformed
 */
export async function checkTrace(path: string, options: TraceOptions = {}): Promise<readonly CheckedTrace[]> {
  const checked: CheckedTrace[] = [];
  for (const source of await findRecordings([path])) {
    const { verdict, events } = await checkWithNative(await openRecording(source), options);
    const isRejected = verdict.verdict === 'rejected';
    checked.push({ path: source.path, verdict, events: isRejected ? events + 1 : events });
  }
  return checked;
}
