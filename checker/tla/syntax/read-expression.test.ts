import { beforeAll, describe, expect, test } from 'vitest';
import type { Module } from './ast.ts';
import { loadModule, parseExpression } from './load-module.ts';
import { initParser } from './parser.ts';
import { print } from './print-expression.fixture.ts';

const SOURCES = new Map([
  ['Deep', '---- MODULE Deep ----\nLOCAL Secret == 0\nOp(a) == a\n===='],
  [
    'Inner',
    '---- MODULE Inner ----\nCONSTANT C\nVARIABLE v\nJ == INSTANCE Deep\nVal == v + C\nEXTENDED == 1\n===='.replace(
      'CONSTANT',
      'EXTENDS Naturals\nCONSTANT',
    ),
  ],
  [
    'Main',
    `---- MODULE Main ----
EXTENDS Integers, Sequences, TLC
CONSTANTS S, T, F(_, _)
VARIABLES x, y
I(n) == INSTANCE Inner WITH C <- n, v <- x
K == INSTANCE Inner WITH C <- 1, v <- y
a ++ b == <<a, b>>
a \\preceq b == a \\leq b
Apply(Op(_), z) == Op(z)
Two(Op(_, _)) == Op(1, 2)
RECURSIVE Fact(_)
Fact(n) == IF n = 0 THEN 1 ELSE n * Fact(n - 1)
fib[n \\in Nat] == IF n < 2 THEN n ELSE fib[n - 1] + fib[n - 2]
sq[n \\in Nat] == n * n
A == TRUE
B == FALSE
====`,
  ],
]);

const TABLE: readonly (readonly [string, string])[] = [
  ['1 + 2 * 3', '+(1,*(2,3))'],
  ['1 - 2 + 3', '+(-(1,2),3)'],
  ['1 + 2 - 3', '+(1,-(2,3))'],
  ['-1', '-.(1)'],
  ['-x * 2', '-.(*(x,2))'],
  ['\\b101 + \\hFF + \\o17', '+(+(5,255),15)'],
  ['"a\\"b\\\\c"', '"a\\"b\\\\c"'],
  ['1.5', 'unsupported(a decimal number)'],
  ['A /\\ B /\\ A', 'conjunction(A,B,A)'],
  ['A \\land (B /\\ A)', 'conjunction(A,conjunction(B,A))'],
  ['A \\/ B \\lor A', 'disjunction(A,B,A)'],
  ['/\\ A\n/\\ \\/ B\n   \\/ A\n/\\ B', 'conjunction(A,disjunction(B,A),B)'],
  ['\\lnot A', '~(A)'],
  ['\\neg A => ~B', '=>(~(A),~(B))'],
  ['A \\equiv B', '<=>(A,B)'],
  ['x /= y', '#(x,y)'],
  ['x =< y', '<=(x,y)'],
  ['x \\leq y', '<=(x,y)'],
  ['x ≤ y ∧ x ∈ S', 'conjunction(<=(x,y),\\in(x,S))'],
  ['x \\geq y', '>=(x,y)'],
  ['S \\union T \\cup S', '\\cup(\\cup(S,T),S)'],
  ['S \\intersect T', '\\cap(S,T)'],
  ['x \\circ y', '\\o(x,y)'],
  ['S \\X T \\times S', 'product(S,T,S)'],
  ['(S \\X T) \\X S', 'product(product(S,T),S)'],
  ['S \\X (T \\X S)', 'product(S,product(T,S))'],
  ['SUBSET S \\cup T', '\\cup(SUBSET(S),T)'],
  ['DOMAIN x \\ S', '\\(DOMAIN(x),S)'],
  ['DOMAIN (x)[1]', 'DOMAIN(x[1])'],
  ['1 ++ 2', '++(1,2)'],
  ['+(1, 2)', '+(1,2)'],
  ['x \\preceq y', '\\preceq(x,y)'],
  ["x' = 1 /\\ UNCHANGED <<y>>", 'conjunction(=(prime(x),1),unchanged(tuple(y)))'],
  ['\\A p, q \\in S, <<r, s>> \\in T : p = r', 'forall(p,q in S <<r,s>> in T:=(p,r))'],
  ['∃ p \\in S : A', 'exists(p in S:A)'],
  ['\\E p : A', 'unsupported(\\E without a set)'],
  ['\\EE p : A', 'unsupported(\\EE without a set)'],
  ['CHOOSE p \\in S : p = 1', 'choose(p in S:=(p,1))'],
  ['CHOOSE <<p, q>> \\in S : p = q', 'choose(<<p,q>> in S:=(p,q))'],
  ['CHOOSE p : p = 1', 'unsupported(CHOOSE without a set)'],
  ['{}', 'set()'],
  ['{1, 2}', 'set(1,2)'],
  ['{p \\in S : p = 1}', 'filter(p in S:=(p,1))'],
  ['{p + q : p \\in S, q \\in T}', 'map(p in S q in T:+(p,q))'],
  ['[p \\in S, q \\in T |-> p]', 'function(p in S q in T:p)'],
  ['[S -> T]', '[S->T]'],
  ['[p |-> 1, q |-> 2].q', 'record(p:1,q:2).q'],
  ['[p : S, q : T]', 'record-set(p:S,q:T)'],
  ['x[1][2, 3].a[4]', 'x[1][2,3].a[4]'],
  ['[x EXCEPT ![1].a = @ + 1, ![2, 3] = 0]', 'except(x;[1].a=+(@,1);[2,3]=0)'],
  ['[x EXCEPT !.a = [@ EXCEPT !.b = @]]', 'except(x;.a=except(@;.b=@))'],
  ['IF A THEN 1 ELSE 2 + 3', 'if(A,1,+(2,3))'],
  ['CASE A -> 1 [] B -> 2 [] OTHER -> 3', 'case(A->1,B->2,else->3)'],
  ['LET p == 1\n    q(r) == r + p\nIN q(2)', 'let(p=1,q=+(r,p);q(2))'],
  ['LET M == INSTANCE Deep IN M!Op(1)', 'let(M=INSTANCE Deep;M!Op(1))'],
  ['Apply(LAMBDA z : z + 1, 2)', 'Apply((LAMBDA z: +(z,1)),2)'],
  ['Two( + )', 'Two(+)'],
  ['Two(F)', 'Two(F)'],
  ['Two(/\\)', 'Two((LAMBDA a,b: conjunction(a,b)))'],
  ['Apply(-., 2)', 'Apply(-.,2)'],
  ['Apply(K!J!Op, 2)', 'Apply(K!J!Op,2)'],
  ['SelectSeq(x, LAMBDA e : e > 1)', 'SelectSeq(x,(LAMBDA e: >(e,1)))'],
  ['I(3)!Val', 'I(3)!Val'],
  ['I(3)!J!Op(4) + K!EXTENDED', '+(I(3)!J!Op(4),K!EXTENDED)'],
  ['P0:: 1 + 2', '+(1,2)'],
  ['sq!(3) + K!Val!2', '+(sq!()(3),K!Val!2)'],
  ['[A]_x', 'box(A,x)'],
  ['<<A>>_<<x, y>>', 'angle(A,tuple(x,y))'],
  ['[][A]_x /\\ WF_x(A) /\\ SF_<<x, y>>(B)', 'conjunction(always(box(A,x)),weak(x,A),strong(tuple(x,y),B))'],
  ['A ~> <>B', 'leads-to(A,eventually(B))'],
  ['ENABLED A', 'enabled(A)'],
  ['A -+-> B', 'unsupported(-+->)'],
  ['BOOLEAN \\cup STRING \\cup Nat', '\\cup(\\cup(BOOLEAN,STRING),Nat)'],
  ['1 :> 2 @@ 3 :> 4', '@@(:>(1,2),:>(3,4))'],
];

describe('expressions', () => {
  let scope: Module;

  beforeAll(async () => {
    await initParser();
    scope = loadModule('Main.tla', { sources: SOURCES }).root;
  });

  test.each(TABLE)('%s', (text, expected) => {
    if (text.includes('INSTANCE')) {
      const sources = new Map([...SOURCES, ['Let', `---- MODULE Let ----\nD ==\n  ${text}\n====`]]);
      expect(printed(loadModule('Let.tla', { sources }).root, 'D')).toBe(expected);
    } else expect(print(parseExpression(text, scope))).toBe(expected);
  });

  test('recursive definitions refer to themselves', () => {
    expect(printed(scope, 'Fact')).toBe('if(=(n,0),1,*(n,Fact(-(n,1))))');
    expect(printed(scope, 'fib')).toBe('rec fib(n in Nat:if(<(n,2),n,+(fib[-(n,1)],fib[-(n,2)])))');
    expect(printed(scope, 'sq')).toBe('function(n in Nat:*(n,n))');
  });

  function printed(module: Module, name: string): string {
    const target = module.definitions.get(name)?.target;
    if (target?.kind !== 'definition') throw new Error(`${name} is not defined`);
    return print(target.body);
  }
});
