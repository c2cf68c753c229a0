import type {
  Argument,
  Expression,
  Instance,
  OperatorArgument,
  Parameter,
  Reference,
  Target,
} from './ast.ts';
import type { ModuleReader } from './module-reader.ts';
import { arityOf } from './scope.ts';
import type { NameSelector } from './selectors.ts';
import type { Span } from './span.ts';

/**
 * The parameters of an instance that a path to an operator goes through: `I!Op` takes them first, then those of Op
 * (tla2sany.semantic.Generator, processInstance and selectorToNode).
 */
export function openParameters(
  reader: ModuleReader,
  { parameters }: Instance,
  { name, node, given }: NameSelector,
): readonly Parameter[] {
  if (given.length > 0)
    reader.fail('RC1805', node, `an operator is expected: ${name} is not given arguments here`);
  return parameters.map((parameter) => ({ ...parameter }));
}

/** A parameter that is handed on. */
export function argumentOf(target: Parameter): Argument {
  const { arity, span } = target;
  const reference: Reference = { target, via: [] };
  return arity === 0 ? { kind: 'reference', reference, span } : { kind: 'operator', reference, arity, span };
}

/** The operator that takes open parameters and then its own; undefined if there are none. */
export function openOperator(
  open: readonly Parameter[],
  reference: Reference,
  span: Span,
): OperatorArgument | undefined {
  const arity = arityOf(reference);
  if (open.length === 0) return arity === 0 ? undefined : { kind: 'operator', reference, arity, span };
  const own = ownParameters(reference.target, arity, span);
  const body: Expression =
    arity === 0
      ? { kind: 'reference', reference, span }
      : { kind: 'apply', reference, arguments: own.map(argumentOf), span };
  return { kind: 'lambda', parameters: [...open, ...own], body, span };
}

function ownParameters(target: Target, arity: number, span: Span): readonly Parameter[] {
  if (target.kind === 'definition') return target.parameters.map((parameter) => ({ ...parameter }));
  return Array.from({ length: arity }, (_, i) => ({ kind: 'parameter', name: `_${i + 1}`, arity: 0, span }));
}
