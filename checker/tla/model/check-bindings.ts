import { CodedError } from '../../diagnostics/coded-error.ts';
import type { ConfigAssignment, ConfigOverride, ModelConfig } from '../config/model-config.ts';
import type { Constant, Module, Target } from '../syntax/ast.ts';
import { BUILTINS, OPERATOR_ARGUMENTS } from '../syntax/builtins.ts';
import { nearName } from '../syntax/near-names.ts';
import { placeOf, type Span } from '../syntax/span.ts';
import { mismatch, unknownName } from './configured-names.ts';

/**
 * Checks that the configuration gives every constant a value, and that the definitions that it replaces and puts in
 * their place exist, as TLC does (tlc2.tool.impl.SpecProcessor). A value for a name that the spec does not have is
 * taken, and no use is made of it.
 *
 * @param modules those that were read, the root among them
 * @throws CodedError RC1902, or RC4281 for what TLC would take
 */
export function checkBindings(config: ModelConfig, root: Module, modules: readonly Module[]): void {
  for (const assignment of config.assignments) checkAssignment(assignment, root, modules);
  for (const override of config.overrides) {
    const replaced = replacedBy(override, root, modules);
    const replacement = replacementOf(override, root);
    refuseChain(override, config);
    checkArity(override, replaced, replacement);
    checkOperators(override, replaced, replacement);
  }
  checkConstants(config, root);
}

function checkAssignment({ name, scope, span }: ConfigAssignment, root: Module, modules: readonly Module[]) {
  const module = scope === undefined ? root : modules.find((each) => each.name === scope);
  const isBuiltin = module?.definitions.get(name)?.target.kind === 'builtin';
  if (isBuiltin || (module === root && isInInstance(name, root))) {
    throw unsupported(
      span,
      `a value for ${name}`,
      `define one in the module, and write ${name} <- ThatDefinition`,
    );
  }
}

/** What an override replaces. */
function replacedBy({ name, scope, span }: ConfigOverride, root: Module, modules: readonly Module[]): Target {
  if (scope !== undefined) return replacedIn(moduleNamed(scope, span, modules), name, span);
  const target = constantNamed(name, root) ?? root.definitions.get(name)?.target;
  if (target !== undefined) return target;
  if (isInInstance(name, root))
    throw unsupported(span, `an override of ${name}, which stands in an instance,`);
  if (Object.hasOwn(BUILTINS.language, name)) {
    throw mismatch(span, `${name} is part of the language: no configuration replaces it`);
  }
  throw unknownName(name, span, root);
}

function replacedIn(module: Module, name: string, span: Span): Target {
  const target = module.definitions.get(name)?.target;
  if (target !== undefined) return target;
  if (constantNamed(name, module) === undefined) throw unknownName(name, span, module);
  const message = `${name} is a constant of ${module.name}: in a module of its own, only a definition can be replaced`;
  throw mismatch(span, message);
}

function moduleNamed(name: string, span: Span, modules: readonly Module[]): Module {
  const module = modules.find((each) => each.name === name);
  if (module !== undefined) return module;
  const near = nearName(
    name,
    modules.map((each) => each.name),
  );
  throw mismatch(
    span,
    `the spec has no module ${name} in a file of its own`,
    near === undefined ? undefined : `is ${near} meant?`,
  );
}

/** What an override puts in the place of another: a definition or a constant of the root module. */
function replacementOf({ name, replacement, span }: ConfigOverride, root: Module): Target {
  const target = constantNamed(replacement, root) ?? root.definitions.get(replacement)?.target;
  if (target !== undefined) return target;
  if (root.variables.some((each) => each.name === replacement)) {
    throw mismatch(
      span,
      `${replacement} is a variable: only a definition or a constant can take another's place`,
    );
  }
  if (replacement === 'STRING') {
    throw unsupported(span, `${replacement} in the place of ${name}`, 'define a name for it in the module');
  }
  throw unknownName(replacement, span, root);
}

/** TLC refuses what is replaced itself, in whatever order the two are written. */
function refuseChain({ name, scope, replacement, span }: ConfigOverride, { overrides }: ModelConfig): void {
  const next = overrides.find((each) => each.scope === scope && each.name === replacement);
  if (next === undefined) return;
  throw mismatch(
    span,
    `${replacement} cannot take the place of ${name}: it is replaced itself at ${placeOf(next.span)}`,
    next.replacement === name ? undefined : `write ${name} <- ${next.replacement}`,
  );
}

function checkArity({ name, replacement, span }: ConfigOverride, replaced: Target, target: Target): void {
  const [needed, given] = [arityOf(replaced), arityOf(target)];
  if (needed === given) return;
  const message = `${name} takes ${needed} arguments, and ${replacement}, which is to take its place, ${given}`;
  throw mismatch(span, message);
}

/** An expression cannot be applied, nor an operator be a value. */
function checkOperators({ name, replacement, span }: ConfigOverride, replaced: Target, target: Target): void {
  const [needed, given] = [parameterArities(replaced), parameterArities(target)];
  const at = needed.findIndex((arity, index) => arity !== given[index]);
  if (at === -1) return;
  throw mismatch(
    span,
    `argument ${at + 1} of ${name} takes ${needed[at]} arguments itself, and that of ${replacement}, which is to take its place, ${given[at]}`,
  );
}

function checkConstants({ file, assignments, overrides }: ModelConfig, root: Module): void {
  const given = new Set<string>();
  for (const { name, scope } of [...assignments, ...overrides]) if (scope === undefined) given.add(name);
  const missing = root.constants.filter((constant) => !given.has(constant.name));
  const [first] = missing;
  if (first === undefined) return;
  throw new CodedError(
    'RC1902',
    `the configuration gives no value to ${missing.map((constant) => `the constant ${constant.name}`).join(', ')}`,
    { file, hint: `add CONSTANT ${first.name} = ..., or ${first.name} <- ADefinition` },
  );
}

/** Whether a name is `I!Name`, with I an instance of the module. */
function isInInstance(name: string, { instances }: Module): boolean {
  const [instance = '', last] = name.split('!', 2);
  return last !== undefined && instances.get(instance)?.module.definitions.has(last) === true;
}

function constantNamed(name: string, { constants }: Module): Constant | undefined {
  return constants.find((constant) => constant.name === name);
}

function arityOf(target: Target): number {
  if (target.kind === 'definition') return target.parameters.length;
  return 'arity' in target ? target.arity : 0;
}

/** For each parameter the number of arguments that it takes itself. */
function parameterArities(target: Target): readonly number[] {
  if (target.kind === 'definition') return target.parameters.map(({ arity }) => arity);
  const operators = new Map(target.kind === 'builtin' ? OPERATOR_ARGUMENTS[target.name] : []);
  return Array.from({ length: arityOf(target) }, (_, index) => operators.get(index) ?? 0);
}

/** TLC takes it, and this engine does not. */
function unsupported({ file, line }: Span, what: string, hint?: string): CodedError {
  return new CodedError('RC4281', `${what} is not supported`, {
    file,
    line,
    ...(hint === undefined ? {} : { hint }),
  });
}
