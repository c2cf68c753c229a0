/** A text in which every token stands in the column that SANY sees it in, one character a column. */
export interface AlignedCode {
  readonly text: string;
  /** The offset within the code of an offset within the text. */
  readonly offsetOf: (offset: number) => number;
}

/** A tab leads to the next multiple of it (tla2sany.parser.SimpleCharStream). */
const TAB_STOP = 8;

/**
 * What belongs to a bulleted list is a matter of columns, and the grammar takes a tab for one: so blanks take the place of
 * tabs, also of those in strings, since nobody reads from this text what a string holds.
 */
export function alignColumns(code: string): AlignedCode {
  if (!code.includes('\t')) return { text: code, offsetOf: (offset) => offset };
  const parts: string[] = [];
  const offsets: number[] = [];
  let column = 0;
  for (let at = 0; at < code.length; at += 1) {
    const character = code.charAt(at);
    const width = widthOf(character, column);
    const copy = character === '\t' ? ' '.repeat(width) : character;
    parts.push(copy);
    for (let each = 0; each < copy.length; each += 1) offsets.push(at);
    column = character === '\n' ? 0 : column + width;
  }
  return { text: parts.join(''), offsetOf: (offset) => offsets[offset] ?? code.length };
}

/** The column of an offset, from 0, as SANY measures it. */
export function columnAt(code: string, offset: number): number {
  let column = 0;
  for (let at = offset === 0 ? 0 : code.lastIndexOf('\n', offset - 1) + 1; at < offset; at += 1) {
    column += widthOf(code.charAt(at), column);
  }
  return column;
}

/** The columns of all offsets. */
export function columnsOf(code: string): readonly number[] {
  const columns: number[] = [];
  let column = 0;
  for (let at = 0; at < code.length; at += 1) {
    columns.push(column);
    const character = code.charAt(at);
    column = character === '\n' ? 0 : column + widthOf(character, column);
  }
  return columns;
}

/** Of a UTF-16 unit; the grammar counts characters, of which some have two. */
function widthOf(unit: string, column: number): number {
  if (unit === '\t') return TAB_STOP - (column % TAB_STOP);
  return unit >= '\udc00' && unit <= '\udfff' ? 0 : 1;
}
