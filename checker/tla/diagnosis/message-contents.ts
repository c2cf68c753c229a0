import type { Conjunct, Difference } from '../../verdict.ts';
import type { Definition, Module } from '../syntax/ast.ts';
import type { ModuleTexts } from './module-text.ts';

/**
 * Where the spec says what the first differing field of a sent message is: in the definition of the record with the
 * type of the message that it expects.
 */
export function contentField(
  { variable, fields, expected }: Difference,
  module: Module,
  texts: ModuleTexts,
): Conjunct | undefined {
  const field = fields[0]?.split('.')[1];
  if (variable !== 'sends' || field === undefined || !Array.isArray(expected)) return undefined;
  const type: unknown = Reflect.get(Object(expected[0]), 'type');
  for (const { target } of module.definitions.values()) {
    if (target.kind !== 'definition' || typeof type !== 'string') continue;
    const value = fieldOfMessage(target, type, field);
    if (value !== undefined)
      return texts.place(value.span, target.name, `${field} |-> ${texts.at(value.span)}`);
  }
  return undefined;
}

function fieldOfMessage({ body }: Definition, type: string, field: string) {
  if (body.kind !== 'record') return undefined;
  const isOfType = body.fields.some(
    ({ name, value }) => name === 'type' && value.kind === 'string' && value.value === type,
  );
  return isOfType ? body.fields.find(({ name }) => name === field)?.value : undefined;
}
