import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { CodedError } from '../diagnostics/coded-error.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { BaseCommand } from './base-command.ts';

export default class ExplainCommand extends BaseCommand {
  static override summary = 'Tell everything about one event of a recorded run.';
  static override description =
    'Walks along the run up to the event and prints what it recorded, the state of its server before it, what was in ' +
    'flight to it, each conjunct of its action with its value and what it saw, what the action changes or where that ' +
    'differs from what was recorded, and what the other actions of the server would need. If the run is rejected ' +
    'before that event, the rejected one is explained instead; of two actions ' +
    'in one line the rejected one, else both. Exit code 0 if the event that is explained is ' +
    'accepted, 1 if it is rejected, 2 if the line is no event, 3 if the run is malformed up to there.';
  static override examples = [
    {
      description: 'Why is line 145 rejected?',
      command: '<%= config.bin %> <%= command.id %> run.ndjson --line 145',
    },
    {
      description: 'An event of a run with a file for each server',
      command: '<%= config.bin %> <%= command.id %> traces/ --file s1.ndjson --line 12',
    },
    {
      description: 'By the rules of another spec, as JSON',
      command: '<%= config.bin %> <%= command.id %> run.ndjson --line 7 --spec my-spec/ --format json',
    },
  ];

  static override args = {
    trace: Args.string({
      description: 'The run: a file, a folder with a file for each server, or - for standard input.',
      required: true,
    }),
  };

  static override flags = {
    line: Flags.integer({
      summary: 'The line of the event in its file; the header is line 1.',
      min: 1,
      required: true,
    }),
    file: Flags.string({ summary: 'In a folder: the file that the line is counted in.', helpValue: 'NAME' }),
    spec: Flags.string({
      summary: 'A folder with another RaftTrace.tla than the own one.',
      helpValue: 'DIR',
    }),
  };

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(ExplainCommand);
    const { findRecordings } = await import('../../traces/recording-source.ts');
    const { explainLine } = await import('../explain/explain-line.ts');
    const { renderExplanation } = await import('../explain/render-explanation.ts');

    const [source, ...others] = await findRecordings([args.trace]);
    if (source === undefined || others.length > 0) {
      throw new CodedError('RC6002', `${args.trace} holds several runs`, {
        hint: 'name the file of one of them',
      });
    }
    const result = await explainLine(source, {
      line: flags.line,
      ...(flags.file === undefined ? {} : { file: flags.file }),
      ...(flags.spec === undefined ? {} : { specFolder: flags.spec }),
    });
    this.setExitCode(result.verdict === 'accepted' ? EXIT_CODES.ok : EXIT_CODES.rejected);
    this.log(renderExplanation(result));
    return result;
  }
}

export const COMMANDS = { explain: ExplainCommand };
