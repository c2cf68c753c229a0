/** Expressions over the modules of spec/library/ and the values that the modules' documentation says they have. */
export type ExpectedValues = readonly (readonly [expression: string, value: string])[];

/** Where an expression has no value. */
export const REFUSED = 'refused';
