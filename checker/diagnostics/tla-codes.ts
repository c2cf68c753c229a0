import type { CodeTable } from './code-table.ts';

/**
 * The native TLA+ engine. RC1801 to RC1849: syntax and names; RC1851 to RC1899: what has no value, in the spec's own
 * terms; RC42xx: what the engine does not support. (The first digit of a code decides the exit code.)
 */
export const TLA_CODES = {
  RC1870: {
    title: 'a variable without a value is read',
    explanation:
      "A conjunct reads a variable (or a primed one) that no conjunct before it has given a value. Put the conjunct with x = .. or x' = .. first.",
  },
  RC1871: {
    title: 'a state is not completely specified',
    explanation: 'The initial predicate or the action does not say what some variable is.',
  },
  RC1872: {
    title: 'no arm of a CASE is true',
    explanation: 'A CASE without OTHER has a value only where one of its conditions is true.',
  },
  RC1873: {
    title: 'a constant without a value',
    explanation: "The model's configuration gives this CONSTANT no value. Add it under CONSTANTS.",
  },
  RC1874: { title: 'an Assert is false', explanation: 'The spec itself demands that this is true.' },
  RC4251: {
    title: 'a construct that the native engine does not support',
    explanation:
      'The construct has no value that could be computed, or the native engine does not know it. Nothing is skipped: where ' +
      'it has to be evaluated, there is no verdict. TLC may know it: --engine tlc.',
  },
  RC4252: {
    title: 'a recursive definition of an action over states',
    explanation:
      'A recursive operator is applied to an argument that it reads in another state (under a prime or in ENABLED). ' +
      'TLC may know it: --engine tlc.',
  },
  RC4253: {
    title: 'TLCGet of something that the native engine does not keep',
    explanation: 'Only values that TLCSet has set before can be read.',
  },
  RC4254: {
    title: 'the recursion is too deep',
    explanation:
      'The evaluation of a recursive definition exhausts the stack. TLC with a larger stack may manage it.',
  },
} as const satisfies CodeTable;
