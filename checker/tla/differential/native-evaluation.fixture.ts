import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PreparedModel, prepareModel } from '../model/prepared-model.ts';
import type { Reference } from '../syntax/ast.ts';
import { resetTokens } from '../values/atoms.ts';
import { EvaluationError } from '../values/evaluation-error.ts';
import { format } from '../values/operations.ts';
import { PRELUDE } from './expression-generator.fixture.ts';
import {
  EXPRESSIONS_CONFIG,
  EXPRESSIONS_MODULE,
  moduleOfExpressions,
  type Outcome,
  onOneLine,
} from './expression-oracle.fixture.ts';

/** Evaluates the definitions that TLC evaluates, in the same order, from the same text. */
export async function evaluateNatively(
  expressions: readonly string[],
  prelude = PRELUDE,
): Promise<readonly Outcome[]> {
  // TLC sees texts anew each time it starts.
  resetTokens();
  const folder = await mkdtemp(join(tmpdir(), 'raftcheck-differential-'));
  try {
    const specFile = join(folder, `${EXPRESSIONS_MODULE}.tla`);
    await writeFile(specFile, moduleOfExpressions(expressions, prelude));
    const prepared = await prepareModel({
      specFile,
      configFile: `${EXPRESSIONS_MODULE}.cfg`,
      configText: EXPRESSIONS_CONFIG,
      libraryFolders: [],
    });
    return expressions.map((_, position) => evaluateDefinition(prepared, `E${position + 1}`));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function evaluateDefinition({ module, compiled }: PreparedModel, name: string): Outcome {
  const reference: Reference | undefined = module.definitions.get(name);
  if (reference === undefined) throw new Error(`the module does not define ${name}`);
  try {
    const value = compiled.evaluate({ kind: 'reference', reference, span: module.span });
    return { kind: 'value', text: onOneLine(format(value)) };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw new Error(`${name} breaks the engine`, { cause: error });
    return { kind: 'refused', message: `${error.code} ${error.message}` };
  }
}

/** An expression of which native and TLC say different things. */
export interface Difference {
  readonly expression: string;
  readonly native: Outcome;
  readonly tlc: Outcome;
}

/** Refusals are alike whatever they say: TLC words them in many ways. */
export function differences(
  expressions: readonly string[],
  native: readonly Outcome[],
  tlc: readonly Outcome[],
): readonly Difference[] {
  return expressions.flatMap((expression, position) => {
    const ours = native[position];
    const theirs = tlc[position];
    if (ours === undefined || theirs === undefined) throw new RangeError('an outcome is missing');
    const isSame =
      ours.kind === 'value' && theirs.kind === 'value'
        ? ours.text === theirs.text
        : ours.kind === theirs.kind;
    return isSame ? [] : [{ expression, native: ours, tlc: theirs }];
  });
}
