/** A place in a TLA+ module. Lines and columns count from 1, the end is inclusive, as SANY and TLC print them. */
export interface Span {
  /** The path that the module was read from; `<Naturals>` and the like for what is built in. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** `Raft.tla:12:5`, as editors understand it. */
export const placeOf = (span: Span): string => `${span.file}:${span.line}:${span.column}`;

/** Whether a place is within another one. */
export function isInside(inner: Span, outer: Span): boolean {
  return (
    inner.file === outer.file &&
    isBefore(outer.line, outer.column, inner.line, inner.column) &&
    isBefore(inner.endLine, inner.endColumn, outer.endLine, outer.endColumn)
  );
}

function isBefore(line: number, column: number, otherLine: number, otherColumn: number): boolean {
  return line < otherLine || (line === otherLine && column <= otherColumn);
}
