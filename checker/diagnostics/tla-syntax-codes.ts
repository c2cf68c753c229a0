import type { CodeTable } from './code-table.ts';

/** RC1801 to RC1849: a TLA+ module that the native engine cannot read. */
export const TLA_SYNTAX_CODES = {
  RC1801: {
    title: 'syntax error in a TLA+ module',
    explanation:
      'The text is not TLA+ from the named place on. The message says what was found there and what was expected.',
  },
  RC1802: {
    title: 'operators that need parentheses',
    explanation:
      'TLA+ does not say how the two operators bind to each other, as in `a /\\ b \\/ c` or `a = b = c`. ' +
      'Put parentheses around one of them.',
  },
  RC1803: {
    title: 'number out of range',
    explanation: 'TLC knows no integer beyond 2147483647, and raftcheck follows it.',
  },
  RC1804: {
    title: 'unknown name',
    explanation:
      'The name or operator is neither declared nor defined before this place. Operators of standard modules ' +
      '(such as + or Len) are known only where the module is extended or instantiated.',
  },
  RC1805: {
    title: 'wrong number of arguments',
    explanation: 'An operator is used with another number of arguments than it was declared or defined with.',
  },
  RC1806: {
    title: 'name declared or defined twice',
    explanation:
      'The name already stands for something else here. TLA+ does not let an inner declaration hide an outer one; ' +
      'the message says where the other one is.',
  },
  RC1807: {
    title: 'operator where an expression is expected, or the reverse',
    explanation:
      'An operator without its arguments can only be passed to an operator parameter, and an operator parameter ' +
      'takes nothing else.',
  },
  RC1808: {
    title: 'modules that need each other in a circle',
    explanation:
      'A module extends or instantiates itself, perhaps by way of others; the message shows the circle.',
  },
  RC1809: {
    title: 'the module has another name than its file',
    explanation: 'The file NAME.tla must hold the module NAME.',
  },
  RC1810: {
    title: 'no such module',
    explanation:
      'A module that is extended or instantiated is neither beside the root module, nor in the library folders, nor ' +
      'a standard or community module that raftcheck knows. IOUtils, Json, CSV and the like act outside of the spec: ' +
      'it has none of them.',
  },
  RC1811: {
    title: 'substitution missing or impossible',
    explanation:
      'An INSTANCE must give a meaning to each constant and variable of its module: by WITH, or by a name that is the ' +
      'same in both modules; and WITH can only name constants and variables of that module.',
  },
  RC1812: {
    title: 'a TLA+ module cannot be read',
    explanation: 'The file does not exist, is a folder, or may not be read.',
  },
  RC1813: {
    title: 'no such part of a definition',
    explanation:
      'A name such as `Op!2` or `Op!L` means a part of what Op is defined as: its second operand or conjunct, or what ' +
      'has the label L. Op has no such part; the message says where the way to it ends.',
  },
} as const satisfies CodeTable;
