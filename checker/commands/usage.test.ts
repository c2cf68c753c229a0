import { describe, expect, test } from 'vitest';
import { COMMANDS } from './commands.ts';
import { describeFailure } from './failure.ts';
import { isJsonAsked, Output } from './output.ts';
import { createProgram } from './program.ts';

/** What a command line is refused with; a message of another kind than usage fails the test. */
async function refusalOf(...args: string[]): Promise<string> {
  const parsed = createProgram(new Output(true)).parseAsync(args, { from: 'user' });
  const failure = await parsed.then(() => undefined, describeFailure);
  expect(failure).toMatchObject({ exitCode: 2, diagnostic: { code: 'RC6001' } });
  return failure?.diagnostic?.message ?? '';
}

const COMMAND_LINES = COMMANDS.flatMap((entry) =>
  'commands' in entry ? entry.commands.map(({ name }) => [entry.name, name]) : [[entry.name]],
);

describe.each(COMMAND_LINES.map((words) => ({ words })))('$words', ({ words }) => {
  test('refuses a flag that is not there, with the one that was meant', async () => {
    expect(await refusalOf(...words, '--jsn', '--line', '1', '--out', 'x')).toContain('--jsn');
  });

  test('refuses a format that is not there', async () => {
    expect(await refusalOf(...words, '--format', 'xml')).toBe(
      "option '--format <FORMAT>' argument 'xml' is invalid. Allowed choices are pretty, json.",
    );
  });
});

describe('a command that is not there', () => {
  test('is refused with the one that was meant', async () => {
    expect(await refusalOf('chek', 'run.ndjson')).toBe("unknown command 'chek' (Did you mean check?)");
    expect(await refusalOf('tlc', 'instal')).toBe("unknown command 'instal' (Did you mean install?)");
  });

  test.each(['toString', 'constructor', '__proto__', '-'])('%s', async (word) => {
    expect(await refusalOf(word)).toBe(`unknown command '${word}'`);
  });

  test('does not stand behind flags', async () => {
    expect(await refusalOf('--json', 'check', 'run.ndjson')).toBe("unknown option '--json'");
  });
});

describe('a flag', () => {
  test.each([
    [['doctor', '--jsn'], "unknown option '--jsn' (Did you mean --json?)"],
    [['check', '-v.ndjson'], "unknown option '-v.ndjson'"],
    [['check', 'run', '--tlcJar', 'x'], "unknown option '--tlcJar' (Did you mean --tlc-jar?)"],
    [['check', 'run', '--follow=true'], "unknown option '--follow=true'"],
  ])('is unknown: %j', async (args, message) => {
    expect(await refusalOf(...args)).toContain(message);
  });

  test.each([
    [['check', 'run', '--keep'], "option '--keep <DIR>' argument missing"],
    [['check', 'run', '--keep', '--json'], "option '--keep <DIR>' argument missing"],
    [['check', 'run', '--keep=--json'], "option '--keep <DIR>' argument missing"],
    [['check', 'run', '--keep', '--engine', 'replay'], "option '--keep <DIR>' argument missing"],
    [['model', 'X.tla', '--library', '--list'], "option '--library <FOLDER...>' argument missing"],
    [['cluster', '--json'], "required option '--out <DIR>' not specified"],
    [['explain', 'run'], "required option '--line <N>' not specified"],
    [['explain', '--line', '5'], "missing required argument 'TRACE'"],
    [['check'], 'name a trace to check'],
  ])('lacks something: %j', async (args, message) => {
    expect(await refusalOf(...args)).toContain(message);
  });

  test.each([
    [
      ['check', 'run', '--engine', 'x'],
      "'--engine <ENGINE>' argument 'x' is invalid. Allowed choices are auto,",
    ],
    [['check', 'run', '--engine='], "argument '' is invalid. Allowed choices are auto"],
    [
      ['check', 'run', '--budget', 'soon'],
      "'--budget <TIME>' argument 'soon' is invalid. It is no length of time",
    ],
    [['check', 'run', '--budget=-5s'], 'write 500ms, 10s or 2m'],
    [['check', 'run', '--budget', '0'], 'write 500ms, 10s or 2m'],
    [['check', 'run', '--workers', '0'], 'Write a whole number from 1 on.'],
    [['model', 'X.tla', '--memory', 'much'], 'write 512m or 4g'],
    [['model', 'X.tla', '--simulate', '-2'], 'Write a whole number from 1 on.'],
    [['simulate', '--servers', '100'], 'Write a whole number from 1 to 99.'],
    [['simulate', '--seed=-1'], 'Write a whole number from 0 to 9007199254740991.'],
    [['simulate', '--faults', 'loss,los'], '"los" is no fault; there are loss,'],
    [['cluster', '--out', 'x', '--kill-at', 'nope'], '--kill-at nope: there are torn-trace,'],
  ])('has a value that is refused, with what is possible: %j', async (args, message) => {
    expect(await refusalOf(...args)).toContain(message);
  });

  test.each([
    [['check', 'run', '--engine', 'replay', '--engine', 'tlc'], '--engine <ENGINE>'],
    [['doctor', '--format', 'json', '--format', 'pretty'], '--format <FORMAT>'],
    [['cluster', '--out', 'x', '--out=x'], '--out <DIR>'],
  ])('is given twice: %j', async (args, flag) => {
    expect(await refusalOf(...args)).toBe(`option '${flag}' can be given only once`);
  });

  test.each([
    [['check', 'run', '--follow', '--budget', '5s'], '--follow', '--budget <TIME>'],
    [['simulate', '--scenario', 'figure-8', '--seed', '1'], '--scenario <NAME>', '--seed <N>'],
    [['simulate', '--scenario', 'figure-8', '--faults=none'], '--scenario <NAME>', '--faults <LIST>'],
    [['model', '--list', '--all', 'small'], '--list', '--all <CLASS>'],
    [['model', '--mutant', 'x', '--mutants'], '--mutant <NAME>', '--mutants'],
    [['model', 'X.tla', '--coverage', '--simulate', '5'], '--coverage', '--simulate <N>'],
  ])('excludes another one: %j', async (args, flag, other) => {
    expect(await refusalOf(...args)).toBe(`option '${flag}' cannot be used with option '${other}'`);
  });

  test.each([
    [['check', 'run', '--idle', '5s'], '--idle goes with --follow'],
    [['model', 'X.tla', '--seed', '-7'], '--seed goes with --simulate'],
    [['model', 'X.tla', '--depth', '7'], '--depth goes with --simulate'],
    [['model', 'X.tla', '--as', 'itf'], '--as goes with --counterexample'],
  ])('says nothing alone: %j', async (args, message) => {
    expect(await refusalOf(...args)).toBe(message);
  });
});

test.each([
  [['doctor', 'extra'], 'Expected 0 arguments but got 1: extra.'],
  [['doctor', '--', '--json'], 'Expected 0 arguments but got 1: --json.'],
  [['explain', 'run', 'extra', '--line', '5'], 'Expected 1 argument but got 2: run, extra.'],
])('an argument too many: %j', async (args, message) => {
  expect(await refusalOf(...args)).toContain(message);
});

test.each([
  [['--json'], true],
  [['check', '--format', 'json'], true],
  [['check', '--format=json', '--nonsense'], true],
  [['check', '--', '--json'], false],
  [['check', '--format', 'pretty'], false],
  [['check', 'json'], false],
])('whether %j asks for JSON: %j', (args, isAsked) => {
  expect(isJsonAsked(args)).toBe(isAsked);
});
