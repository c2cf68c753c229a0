import { paint } from '../diagnostics/render.ts';
import type {
  Conjunct,
  DecidingCondition,
  Difference,
  Rejection,
  SeenValue,
  Suggestion,
} from '../verdict.ts';
import { againCommand } from './again.ts';

/** The longest value that is printed whole; `--format json` always has all of it. */
const MAX_VALUE_LENGTH = 160;
/** The longest value among several in one line. */
const MAX_PART_LENGTH = 60;
/** The longest line of several values. */
const MAX_LIST_LENGTH = 200;

/** Below the head. */
const MOST_ROWS = 11;

/** Where there is more to say than fits: `explain` shows all of it. */
const LEFT_OUT_FIRST = ['enabled', 'saw'];

/** A line of the output: what it says, and the text. */
export type Row = readonly [name: string, text: string];

/** A rejection in twelve lines at most, the head included: where, what, which rule and conjunct, what it saw, both values, what else, and again. */
export function renderRejection(rejection: Rejection, path: string): readonly Row[] {
  const { file, line, server, action, code, message, conjunct, values, suggestion, enabled, allowed } =
    rejection;
  const rows: readonly Row[] = [
    ['at', `${paint('bold', `${file}:${line}`)}  ${server ?? 'network'}  ${paint('bold', action)}`],
    [code, message],
    ...row('rule', rejection.rule, ({ code: rule, message: broken }) => `${rule} ${broken}`),
    ...row('conjunct', conjunct, renderConjunct),
    ...row('saw', values, renderSeen),
    ...row('because', rejection.because, renderDeciding),
    ...renderValues(rejection),
    ...row('also', rejection.differences?.slice(1), renderOthers),
    ...row('perhaps', suggestion, renderSuggestion),
    ...row(
      suggestion === undefined ? 'perhaps' : 'or',
      rejection.missing,
      ({ step }) => `${step} before it is not recorded; after that, the event fits`,
    ),
    ...row('enabled', enabled, (steps) =>
      steps.length === 0 ? 'nothing on this server' : list(steps, ', '),
    ),
    ...row('allowed', allowed, (text) => text),
    ...row('again', rejection.again ?? againCommand(path, rejection), (command) => command),
  ];
  return LEFT_OUT_FIRST.reduce(
    (left, least) => (left.length <= MOST_ROWS ? left : left.filter(([name]) => name !== least)),
    rows,
  );
}

function row<Value>(
  name: string,
  value: Value | undefined,
  render: (value: Value) => string,
): readonly Row[] {
  const text = value === undefined ? '' : render(value);
  return text === '' ? [] : [[name, text]];
}

export function renderConjunct({ module, definition, text, line, file }: Conjunct): string {
  const place = file ?? `spec/raft/${module}.tla`;
  return `${shortened(text, MAX_VALUE_LENGTH)}  ${paint('dim', `${place}:${line}, in ${definition}`)}`;
}

function renderDeciding(condition: DecidingCondition): string {
  const { module, definition, text, line, file, holds, values } = condition;
  const place = paint('dim', `${file ?? `spec/raft/${module}.tla`}:${line}, in ${definition}`);
  return `${holds ? 'TRUE' : 'FALSE'}: ${shortened(text, MAX_PART_LENGTH)}  ${place}  ${renderSeen(values)}`;
}

function renderSeen(values: readonly SeenValue[]): string {
  return list(
    values.map(({ text, value }) => `${text} = ${shortened(value, MAX_PART_LENGTH)}`),
    ', ',
  );
}

function renderValues({ variable, expected, recorded, differences }: Rejection): readonly Row[] {
  const [first] = differences ?? [];
  if (first !== undefined) {
    const { subject, expected: wanted, recorded: found } = focused(first);
    return [
      ['expected', `${subject} = ${renderValue(wanted)}`],
      ['recorded', found === undefined ? unmentioned(first) : `${subject} = ${renderValue(found)}`],
    ];
  }
  const subject = variable === undefined ? '' : `${variable} = `;
  return [
    ...row('expected', expected, (value) => `${subject}${renderValue(value)}`),
    ...row('recorded', recorded, (value) => `${subject}${renderValue(value)}`),
  ];
}

function unmentioned({ variable, before }: Difference): string {
  return `${variable} is not mentioned, so it stays${before === undefined ? ' as it was' : ` ${renderValue(before)}`}`;
}

function renderOthers(differences: readonly Difference[]): string {
  return list(differences.map(renderDifference), '; ');
}

export function renderDifference(difference: Difference): string {
  const { subject, expected, recorded } = focused(difference);
  const found = recorded === undefined ? 'not mentioned' : `recorded ${part(recorded)}`;
  return `${subject}: expected ${part(expected)}, ${found}`;
}

function renderSuggestion({ step, differences }: Suggestion): string {
  if (differences.length === 0) return `it was ${step}, which explains all of the event`;
  return `${step} explains all but ${renderOthers(differences)}`;
}

/** The innermost place inside of two values that holds all that differs. */
function focused({ variable, fields, expected, recorded }: Difference) {
  const path = commonPath(fields);
  const inside = (value: unknown): unknown =>
    path.reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), value);
  const [wanted, found] = [inside(expected), inside(recorded)];
  // An item too many or too few is seen best in the whole.
  if (wanted === undefined || found === undefined) return { subject: variable, expected, recorded };
  const subject = path.reduce(
    (name, key) => (/^\d+$/.test(key) ? `${name}[${key}]` : `${name}.${key}`),
    variable,
  );
  return { subject, expected: wanted, recorded: found };
}

function commonPath(fields: readonly string[]): readonly string[] {
  const [first = [], ...others] = fields.map((field) => field.split('.'));
  const end = first.findIndex((key, at) => others.some((other) => other[at] !== key));
  return end < 0 ? first : first.slice(0, end);
}

function renderValue(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= MAX_VALUE_LENGTH
    ? text
    : `${text.slice(0, MAX_VALUE_LENGTH)}... (--format json has all of it)`;
}

function part(value: unknown): string {
  return shortened(JSON.stringify(value) ?? 'nothing', MAX_PART_LENGTH);
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}...`;
}

/** As many as fit on a line, and how many more there are. */
function list(items: readonly string[], separator: string): string {
  let text = '';
  for (const [index, item] of items.entries()) {
    const next = text === '' ? item : `${text}${separator}${item}`;
    if (next.length > MAX_LIST_LENGTH && text !== '')
      return `${text}${separator}and ${items.length - index} more`;
    text = next;
  }
  return text;
}
