import { bodiesOf, childrenOf } from '../compile/children.ts';
import type { ConfigOverride, ModelConfig } from '../config/model-config.ts';
import type { Expression, Module, Target } from '../syntax/ast.ts';
import { placeOf } from '../syntax/span.ts';
import { EvaluationError, tooDeep } from '../values/evaluation-error.ts';

/** What a recursion that is too deep needs to be explained by the configuration. */
interface Configured {
  readonly config: ModelConfig;
  readonly module: Module;
}

/**
 * A definition that uses what it takes the place of means itself there, as in TLC. Where a condition ends that it is a
 * recursion like any other; where it is too deep the error says so.
 */
export function explainDepth(error: EvaluationError, { config, module }: Configured): EvaluationError {
  const circle = error.code === 'RC4254' ? circularReplacement(config, module) : undefined;
  if (circle === undefined) return error;
  const { name, replacement, span } = circle;
  const why = `${placeOf(span)} puts ${replacement} in the place of ${name}, and ${replacement} uses ${name}`;
  return new EvaluationError(error.code, `${error.message}: ${why}`, error.span);
}

/** Runs something; a recursion that is too deep is explained. */
export function explainingDepth<Result>(configured: Configured, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    const cause = tooDeep(error);
    throw cause instanceof EvaluationError ? explainDepth(cause, configured) : cause;
  }
}

function circularReplacement({ overrides }: ModelConfig, module: Module): ConfigOverride | undefined {
  const replacements = new Map(overrides.map((each) => [each.name, each.replacement]));
  const meaningOf = (target: Target): Target | undefined => {
    const replacement = replacements.get(target.name);
    return replacement === undefined ? target : module.definitions.get(replacement)?.target;
  };
  return overrides.find(({ replacement }) => {
    const start = module.definitions.get(replacement)?.target;
    return start !== undefined && usesItself(start, meaningOf);
  });
}

function usesItself(start: Target, meaningOf: (target: Target) => Target | undefined): boolean {
  const seen = new Set<Target>();
  const waiting: Target[] = [start];
  for (let target = waiting.pop(); target !== undefined; target = waiting.pop()) {
    if (target.kind !== 'definition') continue;
    for (const used of usedIn(target.body)) {
      const meant = meaningOf(used);
      if (meant === start) return true;
      if (meant === undefined || seen.has(meant)) continue;
      seen.add(meant);
      waiting.push(meant);
    }
  }
  return false;
}

/** What an expression names: the definitions of a LET in it are gone through where they stand. */
function* usedIn(expression: Expression): Generator<Target> {
  if (expression.kind === 'reference' || expression.kind === 'apply') yield expression.reference.target;
  if (expression.kind === 'apply') {
    for (const each of expression.arguments) if (each.kind === 'operator') yield each.reference.target;
  }
  const local = expression.kind === 'let' ? bodiesOf(expression.definitions) : [];
  for (const inside of [...local, ...childrenOf(expression)]) yield* usedIn(inside);
}
