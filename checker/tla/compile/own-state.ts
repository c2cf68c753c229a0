import type { Target, Variable } from '../syntax/ast.ts';
import {
  type Context,
  type Contexts,
  type Environment,
  type OwnState,
  substitutionFor,
} from './environment.ts';

/** Where ENABLED tries an action: the context itself, or one with a next state of its own, if it needs that. */
export function enabling(contexts: Contexts, context: Context, state: string): Context {
  const declared = [...context.substitutions.keys()].flatMap((target) =>
    target.kind === 'variable' ? [target] : [],
  );
  // What modules declare once more is one with what has the same name (Module.repeated).
  const names = [...new Set(declared.map(({ name }) => name))];
  const ofRoot = declared.map((variable) => rootVariable(variable, context));
  if (!ofRoot.includes(undefined) && new Set(ofRoot).size === names.length) return context;
  const places = new Map<Target, number>(declared.map((each) => [each, names.indexOf(each.name)]));
  return contexts.withOwnState(context, state, places);
}

/** The name of what a variable of an instantiated module is; undefined if it is no variable of the root module. */
function rootVariable(variable: Variable, context: Context): string | undefined {
  const macro = substitutionFor(variable, context);
  if (macro === undefined) return variable.name;
  const { argument, environment } = macro;
  if (argument.kind !== 'reference' || argument.reference.via.length > 0) return undefined;
  const { target } = argument.reference;
  return target.kind === 'variable' ? rootVariable(target, environment.context) : undefined;
}

/** How many variables the state has that an action assigns. */
export function variablesOfNext(contexts: Contexts, { context, next }: Environment): number {
  const own = ownState(context, next);
  return own === undefined ? contexts.variableCount : new Set(own.variables.values()).size;
}

/** The place of a variable in the state that ENABLED looks for, where that is the one that is read. */
export function placeInOwnState(variable: Target, { context, current }: Environment): number | undefined {
  return ownState(context, current)?.variables.get(variable);
}

/** Whether a variable has a value of its own where ENABLED is asked, whatever was put in its place: a constant, perhaps. */
export function isOfOwnState(variable: Target, context: Context): boolean {
  for (let each: Context | undefined = context; each !== undefined; each = each.parent) {
    if (each.own?.variables.has(variable) === true) return true;
  }
  return false;
}

/** The own state of this JavaScript name. */
function ownState(context: Context, name: string): OwnState | undefined {
  for (let each: Context | undefined = context; each !== undefined; each = each.parent) {
    if (each.own?.state === name) return each.own;
  }
  return undefined;
}
