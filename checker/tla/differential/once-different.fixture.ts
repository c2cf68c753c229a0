/** Expressions of which native once said something else than TLC, with what TLC says; undefined: it refuses. */
export const ONCE_DIFFERENT: readonly (readonly [expression: string, tlc: string | undefined])[] = [
  // A prefix operator before parentheses.
  ['DOMAIN (1 :> [a |-> 1])[1]', '{"a"}'],
  ['DOMAIN (<<[a |-> <<1, 2, 3>>]>>)[1].a', '{1,2,3}'],
  ['~ (4) * 3 < 2', 'TRUE'],
  ['~ ~ ([a |-> TRUE]).a', 'TRUE'],
  ['-(<<2>>)[1]', '-2'],
  // The order of texts: identifiers as modules are parsed, string literals as they are analysed, then what is made.
  ['CHOOSE x \\in {"one", "another"} : TRUE', '"one"'],
  ['CHOOSE x \\in {"later", "Cardinality"} : TRUE', '"Cardinality"'],
  ['CHOOSE x \\in {"sooner", ToString(FALSE)} : TRUE', '"FALSE"'],
  ['CHOOSE x \\in {"sooner", ToString(4711)} : TRUE', '"4711"'],
  ['CHOOSE x \\in {"sooner", ToString(4711 + 1)} : TRUE', '"sooner"'],
  ['CHOOSE x \\in {"sooner", ToString("later")} : TRUE', '"\\"later\\""'],
  // What is written as a record: only what has names for fields.
  ['[x \\in {"", "a"} |-> 0]', '("a":>0@@"":>0)'],
  ['"WF_v" :> 2', '("WF_v":>2)'],
  ['"_a1" :> 2', '[_a1|->2]'],
  // What is never looked at is never refused.
  ['{} \\cap <<1>>', '{}'],
  ['<<1>> \\cap {}', '{}'],
  ['{} \\ [a |-> 1]', '{}'],
  ['{1} \\cap <<1>>', undefined],
  ['{} \\subseteq <<1>>', 'TRUE'],
  ['EmptyBag (-) TRUE', undefined],
  ['{1} (-) EmptyBag', undefined],
  ['EmptyBag \\sqsubseteq {1}', undefined],
  ['<<1>> \\cup {}', '<<1>>'],
  ['{} \\cup 3', '3'],
  ['[[x \\in {} |-> 1] EXCEPT !["a"] = @]', '<<>>'],
  // What is looked at is refused.
  ['\\E x \\in {}, y \\in <<1>>[2] : TRUE', undefined],
  ['{x + y : x \\in {}, y \\in <<1>>[2]}', undefined],
  ['(3 :> 2) (+) (3 :> 0)', undefined],
  ['(3 :> 2) (-) (3 :> 0)', '(3:>2)'],
  ['IsFiniteSet(<<1>>)', 'TRUE'],
  // A tuple that is longer than its pattern.
  ['\\A <<x, y>> \\in {<<1, 2, 3>>} : x < y', undefined],
  ['{x : <<x, y>> \\in {<<1, 2, 3>>}}', undefined],
  ['{<<x, y>> \\in {<<1, 2, 3>>} : x < y}', '{<<1,2,3>>}'],
  ['{<<x, y>> \\in {<<1>>} : x < 2}', undefined],
  ['[x \\in {0, 2} |-> <<1>>[x]] \\in [1..2 -> {1}]', undefined],
];
