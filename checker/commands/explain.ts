import type { Command } from '@commander-js/extra-typings';
import { CodedError } from '../diagnostics/coded-error.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import type { explainLine } from '../explain/explain-line.ts';
import { type Define, examples, type FlagsOf } from './command.ts';
import { integerWithin } from './integer-flag.ts';
import type { Output } from './output.ts';

const DESCRIPTION =
  'Walks along the run up to the event and prints what it recorded, the state of its server before it, what was in ' +
  'flight to it, each conjunct of its action with its value and what it saw, what the action changes or where that ' +
  'differs from what was recorded, and what the other actions of the server would need. If the run is rejected ' +
  'before that event, the rejected one is explained instead; of two actions ' +
  'in one line the rejected one, else both. Exit code 0 if the event that is explained is ' +
  'accepted, 1 if it is rejected, 2 if the line is no event, 3 if the run is malformed up to there.';

const EXAMPLES = examples([
  { description: 'Why is line 145 rejected?', command: 'raftcheck explain run.ndjson --line 145' },
  {
    description: 'An event of a run with a file for each server',
    command: 'raftcheck explain traces/ --file s1.ndjson --line 12',
  },
  {
    description: 'By the rules of another spec, as JSON',
    command: 'raftcheck explain run.ndjson --line 7 --spec my-spec/ --format json',
  },
]);

const withFlags = (command: Command) =>
  command
    .argument('<TRACE>', 'The run: a file, a folder with a file for each server, or - for standard input.')
    .requiredOption(
      '--line <N>',
      'The line of the event in its file; the header is line 1. Required.',
      integerWithin({ min: 1 }),
    )
    .option('--file <NAME>', 'In a folder: the file that the line is counted in.')
    .option('--spec <DIR>', 'A folder with another RaftTrace.tla than the own one.');

export const defineExplain: Define = (command, output) => {
  withFlags(command)
    .description(DESCRIPTION)
    .addHelpText('after', EXAMPLES)
    .action(async (trace, flags) => output.result(await explain(trace, flags, output)));
};

async function explain(trace: string, flags: FlagsOf<typeof withFlags>, output: Output): Promise<object> {
  const { findRecordings } = await import('../../traces/recording-source.ts');
  const { openUserSpec } = await import('../check/user-spec.ts');
  const { renderExplanation } = await import('../explain/render-explanation.ts');

  const [source, ...others] = await findRecordings([trace]);
  if (source === undefined || others.length > 0) {
    throw new CodedError('RC6002', `${trace} holds several runs`, {
      hint: 'name the file of one of them',
    });
  }
  const explain = await explainer(flags.spec !== undefined && trace !== '-');
  const result = await explain(source, {
    line: flags.line,
    ...(flags.file === undefined ? {} : { file: flags.file }),
    ...(flags.spec === undefined ? {} : { specFolder: openUserSpec(flags.spec).folder }),
  });
  process.exitCode = result.verdict === 'accepted' ? EXIT_CODES.ok : EXIT_CODES.rejected;
  output.log(renderExplanation(result));
  return result;
}

/** @param isApart whether the spec is evaluated in a thread of its own, so that Ctrl-C is heard whatever it says */
async function explainer(isApart: boolean): Promise<typeof explainLine> {
  if (isApart) return (await import('../explain/explain-in-thread.ts')).explainInThread;
  return (await import('../explain/explain-line.ts')).explainLine;
}
