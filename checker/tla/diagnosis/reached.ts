import { bodiesOf, childrenOf, isExpression } from '../compile/children.ts';
import type { Argument, Definition, Expression, Module, Parameter } from '../syntax/ast.ts';

/**
 * The definitions that the value of an expression may depend on: those that it uses, and those used in what is handed on
 * to the definition that it stands in, wherever that is called.
 */
export function reachedFrom(expression: Expression, module: Module): ReadonlySet<Definition> {
  const handedOn = argumentsByParameter(module);
  const reached = new Set<Definition>();
  // What is handed on to these is seen where they are called.
  const known = new Set<Parameter>();
  const visit = (inner: Expression): void => {
    if (inner.kind === 'reference' || inner.kind === 'apply') {
      const { target } = inner.reference;
      if (target.kind === 'definition' && !reached.has(target)) {
        reached.add(target);
        for (const parameter of target.parameters) known.add(parameter);
        visit(target.body);
      } else if (target.kind === 'parameter' && !known.has(target)) {
        known.add(target);
        for (const argument of handedOn.get(target) ?? []) if (isExpression(argument)) visit(argument);
      }
    }
    if (inner.kind === 'let') for (const body of bodiesOf(inner.definitions)) visit(body);
    for (const child of childrenOf(inner)) visit(child);
  };
  visit(expression);
  return reached;
}

function argumentsByParameter(module: Module): ReadonlyMap<Parameter, readonly Argument[]> {
  const found = new Map<Parameter, Argument[]>();
  const collect = (inner: Expression): void => {
    if (inner.kind === 'apply' && inner.reference.target.kind === 'definition') {
      inner.reference.target.parameters.forEach((parameter, index) => {
        const argument = inner.arguments[index];
        if (argument !== undefined) found.set(parameter, [...(found.get(parameter) ?? []), argument]);
      });
    }
    if (inner.kind === 'let') for (const body of bodiesOf(inner.definitions)) collect(body);
    for (const child of childrenOf(inner)) collect(child);
  };
  for (const { target } of module.definitions.values())
    if (target.kind === 'definition') collect(target.body);
  return found;
}
