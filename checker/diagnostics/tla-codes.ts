import type { CodeTable } from './code-table.ts';

/**
 * The native TLA+ engine. RC1801 to RC1849: syntax and names; RC1851 to RC1899: what has no value, in the spec's own
 * terms; RC42xx: what the engine does not support. (The first digit of a code decides the exit code.)
 */
export const TLA_CODES = {
  RC4301: {
    title: 'too many states are possible',
    explanation:
      'What the recording does not observe leaves more states possible than the native engine follows at once. Observe ' +
      'more variables, or ask another engine: --engine tlc.',
  },
  RC4302: {
    title: 'a recording without events',
    explanation: 'There is nothing that could be a behaviour of the spec, or fail to be one.',
  },
  RC3201: {
    title: 'the recorded action is not enabled (native)',
    explanation:
      'The native engine: in the state that the events before lead to, the spec forbids the action of this event. The ' +
      'conjunct that forbids it is named, with the values that it saw.',
  },
  RC3202: {
    title: 'the recorded action leads elsewhere (native)',
    explanation:
      'The native engine: the action is enabled, but what it sends, releases, or makes of the variables of its server is ' +
      'not what was recorded. Everything that differs is named; where another step explains the event better, that too.',
  },
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
      'A recursive operator is applied to an argument that it reads in another state (under a prime or in ENABLED), or stands in an ' +
      'instance that has arguments or is made in a LET. TLC may know it: --engine tlc.',
  },
  RC4253: {
    title: 'TLCGet or TLCSet of something that the native engine does not keep',
    explanation:
      'TLCGet reads the values that TLCSet has set before, and "level" while a model is explored; TLCSet sets values by ' +
      'natural numbers. TLC knows more names: --engine tlc.',
  },
  RC4254: {
    title: 'the recursion is too deep',
    explanation:
      'The evaluation of a recursive definition exhausts the stack. TLC with a larger stack may manage it.',
  },
} as const satisfies CodeTable;

/** RC1851 to RC1869: values and the operations on them. What has no value here has none in TLC either. */
export const TLA_VALUE_CODES = {
  RC1851: {
    title: 'an operator is given a value of the wrong kind',
    explanation:
      'For example + is given a string, \\cup a number, or a function application something that is no function. The ' +
      'message shows the value.',
  },
  RC1852: {
    title: 'values of different kinds are compared',
    explanation:
      'As TLC does, the engine compares only integers with integers, strings with strings, sets with sets and so on: ' +
      '1 = "a" is a mistake rather than FALSE. Only an untyped model value can be compared with everything.',
  },
  RC1853: {
    title: 'a function is applied outside of its domain',
    explanation: 'The argument, the index of the sequence, or the field of the record is not in the domain.',
  },
  RC1854: {
    title: 'a set cannot be enumerated',
    explanation:
      'A quantifier, CHOOSE, Cardinality, or a comparison needs the elements of a set that is infinite, such as Nat, ' +
      'or far too large.',
  },
  RC1855: {
    title: 'an integer overflow',
    explanation: "TLC's integers, and so this engine's, have 32 bits: from -2147483648 to 2147483647.",
  },
  RC1856: {
    title: 'arithmetic without a result',
    explanation: 'A division by zero, a modulus that is not positive, a negative exponent, or 0 ^ 0.',
  },
  RC1857: {
    title: 'CHOOSE without a choice',
    explanation: 'No element of the set has the property.',
  },
  RC1858: {
    title: 'a formula that is neither TRUE nor FALSE',
    explanation: 'A condition, or an operand of a logical operator, has a value that is not a Boolean.',
  },
  RC1859: {
    title: 'Head or Tail of the empty sequence',
    explanation: 'The empty sequence has neither a first element nor a rest.',
  },
} as const satisfies CodeTable;
