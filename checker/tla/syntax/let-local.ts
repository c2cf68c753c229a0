const WORD = /"(?:[^"\\\n]|\\.)*"|\w+/g;

/** The text with blanks for each LOCAL in a LET, where SANY takes it and it says nothing; the grammar does not know it there. */
export function withoutLocalInLet(code: string): string {
  const parts: string[] = [];
  let copied = 0;
  let depth = 0;
  for (const { 0: word, index } of code.matchAll(WORD)) {
    if (word === 'LET') depth += 1;
    else if (word === 'IN') depth -= 1;
    else if (word === 'LOCAL' && depth > 0) {
      parts.push(code.slice(copied, index), ' '.repeat(word.length));
      copied = index + word.length;
    }
  }
  parts.push(code.slice(copied));
  return parts.join('');
}
