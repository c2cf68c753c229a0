import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Language, Parser, type TreeCursor } from 'web-tree-sitter';
import { packageRoot } from '../../package-root.ts';
import { findBareSymbols, withNames, withSymbols } from './bare-symbols.ts';
import { boxesAfterLists, endNearestCase, withBoxesMoved } from './case-boxes.ts';
import { type AlignedCode, alignColumns } from './columns.ts';
import { withoutLocalInLet } from './let-local.ts';
import { OPERATORS } from './operators.ts';
import { PrefixOperands } from './prefix-operand.ts';

/** A node of the concrete syntax tree: what has a name in the grammar; offsets count in UTF-16 units. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  /** Not included. */
  readonly end: number;
  readonly children: readonly SyntaxNode[];
}

interface Grammar {
  readonly parser: Parser;
  readonly language: Language;
  readonly types: readonly string[];
  readonly isRead: readonly boolean[];
}

/**
 * The parser copies a piece of the text whenever it reads somewhere else than before, which is for nearly each
 * token: short pieces are three times as fast as the whole rest.
 */
const PIECE = 64;
const WASM = 'tree-sitter-tlaplus.wasm';
const NO_CHILDREN: readonly SyntaxNode[] = [];

let loading: Promise<void> | undefined;
let grammar: Grammar | undefined;

/** Loads the grammar; once, however often it is called. All else in the front end is synchronous. */
export function initParser(): Promise<void> {
  loading ??= load();
  return loading;
}

async function load(): Promise<void> {
  // V8 would compile the grammar's one huge function a second time, for speed that a few files never see: that takes
  // 400 MB for some seconds, and more CPU than parsing all of the spec.
  for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);
  await Parser.init();
  const language = await Language.load(grammarFile());
  const parser = new Parser();
  parser.setLanguage(language);
  grammar = {
    parser,
    language,
    types: language.types,
    isRead: language.types.map((type, id) => language.nodeTypeIsNamed(id) && !DROPPED.has(type)),
  };
}

/** The grammar lies beside the compiled sources in the published package, and in node_modules in the checkout. */
function grammarFile(): string {
  const published = join(packageRoot(), 'dist/checker/tla/syntax', WASM);
  if (!import.meta.filename.endsWith('.ts') && existsSync(published)) return published;
  return createRequire(import.meta.url).resolve(`@tlaplus/tree-sitter-tlaplus/${WASM}`);
}

/**
 * @param code a text without comments
 * @returns undefined if the text is not TLA+
 * @throws Error if initParser was not awaited
 */
export function parseCode(code: string): SyntaxNode | undefined {
  const root = parseInColumns(code);
  if (root !== undefined) return root;
  const symbols = findBareSymbols(code);
  const reworded = withoutLocalInLet(withNames(code, symbols));
  if (reworded === code) return undefined;
  const named = parseInColumns(reworded);
  if (named === undefined) return undefined;
  const nodes = new Map<number, SyntaxNode>();
  for (const { start, text } of symbols) {
    const node = symbolNode(text);
    if (node === undefined) return undefined;
    nodes.set(start, node);
  }
  return withSymbols(named, nodes);
}

/** What the grammar makes of an operator symbol that is an argument; undefined if it is none. */
function symbolNode(symbol: string): SyntaxNode | undefined {
  const root = parseInColumns(`---- MODULE M ----\nA == B( ${symbol} )\n====`);
  const node = root?.children[0]?.children[1]?.children[1]?.children[1];
  return node?.type.endsWith('fix_op_symbol') === true ? node : undefined;
}

function parseInColumns(code: string): SyntaxNode | undefined {
  const aligned = alignColumns(code);
  const root = parseAligned(aligned);
  if (root !== undefined) return root;
  const boxes = boxesAfterLists(aligned.text);
  if (boxes.length === 0) return undefined;
  const moved = parseAligned(withBoxesMoved(aligned, boxes));
  const places = new Set(boxes.map(({ offset }) => aligned.offsetOf(offset)));
  return moved !== undefined && endNearestCase(moved, places) ? moved : undefined;
}

function parseAligned(aligned: AlignedCode): SyntaxNode | undefined {
  const { parser } = loadedGrammar();
  const tree = parser.parse(inPieces(aligned));
  if (tree === null) throw new Error('the TLA+ parser gave up');
  try {
    if (tree.rootNode.hasError) return undefined;
    const cursor = tree.walk();
    const root = readNode(cursor, loadedGrammar(), aligned);
    cursor.delete();
    return root;
  } finally {
    tree.delete();
  }
}

function inPieces({ text }: AlignedCode): (index: number) => string {
  return (index) => text.slice(index, index + PIECE);
}

/** Where a text stops being TLA+. */
export interface Stop {
  /** Of the token that cannot stand there, or of the blanks before it. */
  readonly offset: number;
  /** The grammar's names of the tokens that could stand there. */
  readonly expected: readonly string[];
}

const PROCESSED = /^process version:\d+, version_count:\d+, state:(\d+), row:(\d+), col:(\d+)/;

/**
 * Parses a text again that is not TLA+, to see where. The grammar's tree does not say: it shows how the parser made
 * sense of the rest. Before it tries to, it notes each reading of the text that came to an end; the last is the one
 * that came furthest.
 */
export function findStop(code: string): Stop | undefined {
  const aligned = alignColumns(withoutLocalInLet(withNames(code, findBareSymbols(code))));
  const boxes = boxesAfterLists(aligned.text);
  const stop = boxes.length === 0 ? undefined : stopIn(withBoxesMoved(aligned, boxes));
  return stop ?? stopIn(aligned);
}

function stopIn(aligned: AlignedCode): Stop | undefined {
  const { parser, language } = loadedGrammar();
  let current: Place | undefined;
  let stopped: Place | undefined;
  let isRepairing = false;
  parser.setLogger((message) => {
    if (isRepairing) return;
    const [, state, row, column] = PROCESSED.exec(message) ?? [];
    if (state !== undefined) {
      current = { state: Number(state), row: Number(row), column: Number(column) / BYTES };
    } else if (message.startsWith('detect_error')) stopped = further(stopped, current);
    else if (message.startsWith('resume') || message.startsWith('recover')) isRepairing = true;
  });
  try {
    parser.parse(inPieces(aligned))?.delete();
  } finally {
    parser.setLogger(null);
  }
  if (stopped === undefined) return undefined;
  const iterator = language.lookaheadIterator(stopped.state);
  const expected = iterator === null ? [] : [...iterator];
  iterator?.delete();
  return { offset: aligned.offsetOf(offsetIn(aligned.text, stopped)), expected };
}

/** The parser counts columns in bytes of UTF-16. */
const BYTES = 2;

interface Place {
  readonly state: number;
  readonly row: number;
  readonly column: number;
}

function further(a: Place | undefined, b: Place | undefined): Place | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.row > b.row || (a.row === b.row && a.column > b.column) ? a : b;
}

function offsetIn(text: string, { row, column }: Place): number {
  let start = 0;
  for (let line = 0; line < row; line++) start = text.indexOf('\n', start) + 1;
  return start + column;
}

function loadedGrammar(): Grammar {
  if (grammar === undefined) throw new Error('initParser() has not been awaited');
  return grammar;
}

function readNode(cursor: TreeCursor, { types, isRead }: Grammar, { offsetOf }: AlignedCode): SyntaxNode {
  const operands = new PrefixOperands();
  const read = (): SyntaxNode | undefined => {
    const id = cursor.nodeTypeId;
    if (isRead[id] === false) return undefined;
    const type = types[id] ?? 'ERROR';
    const start = offsetOf(cursor.startIndex);
    const end = offsetOf(cursor.endIndex);
    if (LEAVES.has(type) || !cursor.gotoFirstChild()) return { type, start, end, children: NO_CHILDREN };
    const children: SyntaxNode[] = [];
    do {
      const child = read();
      if (child !== undefined) children.push(child);
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
    return operands.correct({ type, start, end, children });
  };
  return read() ?? { type: 'ERROR', start: 0, end: 0, children: NO_CHILDREN };
}

/** Nodes whose text says all: what is below them need not be read. */
const LEAVES: ReadonlySet<string> = new Set([
  ...OPERATORS.keys(),
  'identifier',
  'identifier_ref',
  'nat_number',
  'real_number',
  'binary_number',
  'octal_number',
  'hex_number',
  'string',
  'boolean',
  'string_set',
  'boolean_set',
  'nat_number_set',
  'int_number_set',
  'real_number_set',
  'placeholder',
  'prev_func_val',
]);

/** Marks that say nothing which the node around them does not say; and proofs. */
const DROPPED: ReadonlySet<string> = new Set([
  'header_line',
  'double_line',
  'single_line',
  'def_eq',
  'set_in',
  'gets',
  'all_map_to',
  'maps_to',
  'case_arrow',
  'case_box',
  'label_as',
  'langle_bracket',
  'rangle_bracket',
  'rangle_bracket_sub',
  'bullet_conj',
  'bullet_disj',
  'forall',
  'exists',
  'extramodular_text',
  'terminal_proof',
  'non_terminal_proof',
  'use_or_hide',
]);
