import type { CompiledModule } from '../compile/compile-spec.ts';
import type { ConfigOverride, ModelConfig } from '../config/model-config.ts';
import type { Expression, Module } from '../syntax/ast.ts';
import { placeOf, type Span } from '../syntax/span.ts';
import { EvaluationError } from '../values/evaluation-error.ts';
import { mismatch } from './configured-names.ts';
import type { Formulas } from './formulas.ts';

const NO_STATE_TO_READ = 'RC1870';

/**
 * Checks that what the configuration puts in the place of a constant has a value without any state, as TLC does, which
 * evaluates it before the first one (tlc2.tool.impl.SpecProcessor). What depends on nothing needs no evaluation.
 *
 * @throws CodedError RC1902
 */
export function checkReplacements(
  { overrides }: ModelConfig,
  { constants }: Module,
  formulas: Formulas,
  compiled: CompiledModule,
): void {
  for (const override of overrides) {
    const constant = constants.find(({ name }) => name === override.name);
    if (override.scope === undefined && constant?.arity === 0) checkReplacement(override, formulas, compiled);
  }
}

function checkReplacement(
  { name, replacement, span }: ConfigOverride,
  formulas: Formulas,
  compiled: CompiledModule,
): void {
  const reference = formulas.find(replacement);
  if (reference === undefined) return;
  const expression: Expression = { kind: 'reference', reference, span };
  if (formulas.isConstant(formulas.formulaOf(expression))) return;
  const read = stateReadBy(expression, compiled);
  if (read === undefined) return;
  throw mismatch(
    span,
    `${replacement} cannot take the place of the constant ${name}: it depends on the state, which it reads at ${placeOf(read)}`,
    `declare ${name} as a variable, or name a definition that has one value`,
  );
}

/** Where an expression reads a variable; undefined if it has a value without, or cannot be evaluated for other reasons. */
function stateReadBy(expression: Expression, compiled: CompiledModule): Span | undefined {
  try {
    compiled.evaluate(expression);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    if (error.code === NO_STATE_TO_READ) return error.span ?? expression.span;
  }
  return undefined;
}
