import { CodedError } from '../../diagnostics/coded-error.ts';
import type { ConfigName, ModelConfig } from '../config/model-config.ts';
import type { Expression, Module, Target } from '../syntax/ast.ts';
import { BUILTINS } from '../syntax/builtins.ts';
import { nearName } from '../syntax/near-names.ts';
import type { Span } from '../syntax/span.ts';
import type { Formulas } from './formulas.ts';

/** What a name of the configuration stands for, as an expression of the root module. */
export function namedExpression(configured: ConfigName, module: Module, formulas: Formulas): Expression {
  const { name, span } = configured;
  const reference = formulas.find(name);
  if (reference === undefined) throw unknownName(name, span, module);
  const { target } = reference;
  const arity =
    target.kind === 'definition' ? target.parameters.length : 'arity' in target ? target.arity : 0;
  if (arity > 0)
    throw mismatch(span, `${name} takes ${arity} arguments: a configuration can name it only without`);
  return { kind: 'reference', reference, span: 'span' in target ? target.span : module.span };
}

/**
 * Checks that the configuration gives every constant a value, and that the definitions that it replaces and puts in their place exist.
 *
 * @throws CodedError RC1902
 */
export function checkBindings(config: ModelConfig, module: Module, formulas: Formulas): void {
  const given = new Set<string>();
  // TLC takes a value for a name that the spec does not have, and makes no use of it.
  for (const { name, scope } of config.assignments) if (scope === undefined) given.add(name);
  for (const { name, scope, span } of config.overrides) {
    if (scope !== undefined) continue;
    given.add(name);
    if (!isBindable(name, module)) throw unknownName(name, span, module);
  }
  for (const { name, replacement, span } of config.overrides) {
    const target = formulas.find(replacement)?.target;
    if (target === undefined) throw unknownName(replacement, span, module);
    const replaced = bindable(name, module);
    if (replaced !== undefined && arityOf(replaced) !== arityOf(target)) {
      throw mismatch(
        span,
        `${name} takes ${arityOf(replaced)} arguments, and ${replacement}, which is to take its place, ${arityOf(target)}`,
      );
    }
  }
  const missing = module.constants.filter((constant) => !given.has(constant.name));
  const [first] = missing;
  if (first === undefined) return;
  throw new CodedError(
    'RC1902',
    `the configuration gives no value to ${missing.map((constant) => `the constant ${constant.name}`).join(', ')}`,
    { file: config.file, hint: `add CONSTANT ${first.name} = ..., or ${first.name} <- ADefinition` },
  );
}

function bindable(name: string, module: Module): Target | undefined {
  return module.constants.find((constant) => constant.name === name) ?? module.definitions.get(name)?.target;
}

function isBindable(name: string, module: Module): boolean {
  if (bindable(name, module) !== undefined) return true;
  return Object.values(BUILTINS).some((table) => Object.hasOwn(table, name));
}

function arityOf(target: Target): number {
  if (target.kind === 'definition') return target.parameters.length;
  return 'arity' in target ? target.arity : 0;
}

function unknownName(name: string, span: Span, module: Module): CodedError {
  const known = [...module.definitions.keys(), ...module.constants.map((constant) => constant.name)];
  const near = nearName(name, known);
  return mismatch(
    span,
    `the module ${module.name} has nothing of the name ${name}`,
    near === undefined ? undefined : `is ${near} meant?`,
  );
}

/** The configuration and the module do not fit together. */
export function mismatch(span: Span, message: string, hint?: string): CodedError {
  return new CodedError('RC1902', message, {
    file: span.file,
    line: span.line,
    ...(hint === undefined ? {} : { hint }),
  });
}
