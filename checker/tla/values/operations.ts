/** All that the compiled code of a spec calls: the operators of TLA+ and its standard modules, on values. */
export * from './arithmetic.ts';
export { internToken, modelValue, resetTokens, string } from './atoms.ts';
export * from './bags.ts';
export { asBoolean } from './booleans.ts';
export { choose, elements, elementsInChooseOrder } from './elements.ts';
export { decode, EncodingSink, EncodingSource, encode } from './encoding.ts';
export { equal, same } from './equality.ts';
export { format } from './format.ts';
export * from './function-combination.ts';
export {
  apply,
  domain,
  except,
  functionOf,
  functionOver,
  functionOverShape,
  lazyFunction,
  RecordShape,
  recordOf,
  recordShape,
  select,
  shapeOf,
} from './functions.ts';
export { hash } from './hash.ts';
export { ANY, INTEGERS, NATURALS, STRINGS, sequencesOver } from './infinite-sets.ts';
export { type Json, toJson } from './json.ts';
export { isMember } from './membership.ts';
export { normalise } from './normalise.ts';
export { compare } from './order.ts';
export { powerSet } from './power-set.ts';
export { functionSet, product, recordSet } from './product-sets.ts';
export { emptySequence, sequence } from './sequence-value.ts';
export * from './sequences.ts';
export * from './set-algebra.ts';
export { cardinality, isFiniteSet as isFinite } from './set-sizes.ts';
export { BOOLEANS, setOf } from './sets.ts';
export { substitute } from './substitute.ts';
