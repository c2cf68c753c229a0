import { CodedError } from '../../diagnostics/coded-error.ts';
import type { ConfigName } from '../config/model-config.ts';
import type { Expression, Module } from '../syntax/ast.ts';
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

/** Neither a definition nor a constant of a module has this name. */
export function unknownName(name: string, span: Span, module: Module): CodedError {
  const names = [...module.definitions.keys(), ...module.constants.map((constant) => constant.name)];
  const known = names.filter((each) => /\w/.test(each) === /\w/.test(name));
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
