import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Language, Parser, type Tree, type TreeCursor } from 'web-tree-sitter';
import { packageRoot } from '../../package-root.ts';
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
  await Parser.init();
  const language = await Language.load(grammarFile());
  const parser = new Parser();
  parser.setLanguage(language);
  grammar = {
    parser,
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

/** What a text was parsed to; the grammar's tree is kept only if it holds errors. */
export interface ParsedText {
  readonly root: SyntaxNode;
  /** To be deleted by whoever looks at it. */
  readonly erroneous: Tree | undefined;
}

/**
 * @param code a text without comments
 * @throws Error if initParser was not awaited
 */
export function parseCode(code: string): ParsedText {
  if (grammar === undefined) throw new Error('initParser() has not been awaited');
  const tree = grammar.parser.parse((index) => code.slice(index, index + PIECE));
  if (tree === null) throw new Error('the TLA+ parser gave up');
  const cursor = tree.walk();
  const root = readNode(cursor, grammar);
  cursor.delete();
  if (tree.rootNode.hasError) return { root, erroneous: tree };
  tree.delete();
  return { root, erroneous: undefined };
}

function readNode(cursor: TreeCursor, { types, isRead }: Grammar): SyntaxNode {
  const operands = new PrefixOperands();
  const read = (): SyntaxNode | undefined => {
    const id = cursor.nodeTypeId;
    if (isRead[id] === false) return undefined;
    const type = types[id] ?? 'ERROR';
    const start = cursor.startIndex;
    const end = cursor.endIndex;
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
