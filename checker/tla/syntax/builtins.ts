/**
 * The operators whose meaning the checker knows by name: those of the language, and those of the standard
 * modules, which are in scope only where the module is extended or instantiated. The number is the arity; an
 * argument that is itself an operator is marked in OPERATOR_ARGUMENTS.
 */
export const BUILTINS = {
  language: {
    '=': 2,
    '#': 2,
    '~': 1,
    '=>': 2,
    '<=>': 2,
    '\\in': 2,
    '\\notin': 2,
    '\\cup': 2,
    '\\cap': 2,
    '\\': 2,
    '\\subseteq': 2,
    SUBSET: 1,
    UNION: 1,
    DOMAIN: 1,
    BOOLEAN: 0,
    STRING: 0,
  },
  Naturals: {
    Nat: 0,
    '+': 2,
    '-': 2,
    '*': 2,
    '^': 2,
    '..': 2,
    '<': 2,
    '>': 2,
    '<=': 2,
    '>=': 2,
    '\\div': 2,
    '%': 2,
  },
  Integers: { Int: 0, '-.': 1 },
  Reals: { Real: 0, '/': 2, Infinity: 0 },
  Sequences: {
    Seq: 1,
    Len: 1,
    '\\o': 2,
    Append: 2,
    Head: 1,
    Tail: 1,
    SubSeq: 3,
    SelectSeq: 2,
  },
  FiniteSets: { IsFiniteSet: 1, Cardinality: 1 },
  Bags: {
    IsABag: 1,
    BagToSet: 1,
    SetToBag: 1,
    BagIn: 2,
    EmptyBag: 0,
    '(+)': 2,
    '(-)': 2,
    '\\sqsubseteq': 2,
    BagUnion: 1,
    SubBag: 1,
    BagOfAll: 2,
    BagCardinality: 1,
    CopiesIn: 2,
  },
  TLC: {
    Print: 2,
    PrintT: 1,
    Assert: 2,
    JavaTime: 0,
    ':>': 2,
    '@@': 2,
    Permutations: 1,
    SortSeq: 2,
    RandomElement: 1,
    Any: 0,
    ToString: 1,
    TLCEval: 1,
    TLCGet: 1,
    TLCSet: 2,
  },
  Randomization: {
    RandomSubset: 2,
    RandomSetOfSubsets: 3,
    RandomSubsetSet: 2,
    TestRandomSetOfSubsets: 3,
    TestRandomSubset: 2,
  },
} as const;

export type StandardModule = Exclude<keyof typeof BUILTINS, 'language'>;

type NamesOf<Table> = { [Group in keyof Table]: keyof Table[Group] }[keyof Table];
export type BuiltinName = NamesOf<typeof BUILTINS>;

/** Which arguments of a builtin are operators: position (from 0) to their arity. */
export const OPERATOR_ARGUMENTS: Readonly<
  Partial<Record<BuiltinName, readonly (readonly [number, number])[]>>
> = {
  SelectSeq: [[1, 1]],
  SortSeq: [[1, 2]],
  BagOfAll: [[0, 1]],
};

/** What a standard module extends: its operators come along. */
export const STANDARD_EXTENDS: Readonly<Record<StandardModule, readonly StandardModule[]>> = {
  Naturals: [],
  Integers: ['Naturals'],
  Reals: ['Integers'],
  Sequences: [],
  FiniteSets: [],
  Bags: ['TLC'],
  TLC: [],
  Randomization: [],
};
