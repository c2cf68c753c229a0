import type { CodeTable } from './code-table.ts';

/** RC19xx: a spec or a model's configuration that cannot be judged, given as input. */
export const SPEC_CODES = {
  RC1901: {
    title: 'the spec cannot be parsed',
    explanation:
      'A module has a syntax error, or names something that is not defined. The message says where.',
  },
  RC1902: {
    title: "the model's configuration is wrong",
    explanation:
      'The .cfg file has a syntax error, names something that the spec does not define, leaves a constant without a value, or makes an ' +
      'ASSUME of the spec false.',
  },
  RC1903: {
    title: 'the spec cannot be evaluated',
    explanation:
      'An engine met an expression without a value, such as a function applied outside its domain, or an Assert that is ' +
      'false. The message says which expression and where.',
  },
} as const satisfies CodeTable;
