import {
  type Example,
  type ExampleOutcome,
  examplesFolder,
  listExamples,
  runExample,
} from './examples/run-examples.ts';

export const description = 'the models of tlaplus/Examples: states counted by the native engine and by TLC';

const BUDGET_MS = 300_000;

/**
 * Has the native engine explore every model of expected.json and prints a row for each.
 *
 * @param args a part of the module's path: only those models
 * @throws where the data is not on this machine; where counts differ, or a model that TLC 2.18 explores is refused
 */
export async function run(args: readonly string[]): Promise<void> {
  const folder = examplesFolder();
  if (folder === undefined) throw new Error('there is no ../shared/peer-data; set RAFTCHECK_PEER_DATA');
  const [part = ''] = args;
  const rows: { readonly example: Example; readonly outcome: ExampleOutcome }[] = [];
  console.log(`${folder}, Node ${process.version}`);
  console.log(['model', 'distinct', 'generated', 'depth', 'seconds', ''].map(pad).join(' '));
  for (const example of listExamples(folder).filter(({ config }) => config.includes(part))) {
    const outcome = await runExample(folder, example, BUDGET_MS);
    rows.push({ example, outcome });
    console.log(row(example, outcome));
  }
  const kinds = (['same', 'different', 'refused', 'unfinished'] as const).map(
    (kind) => `${rows.filter(({ outcome }) => outcome.kind === kind).length} ${kind}`,
  );
  console.log(`${rows.length} models: ${kinds.join(', ')}`);
  const faulty = rows.filter(
    ({ example, outcome }) => outcome.kind === 'different' || (example.tlc218 && outcome.kind !== 'same'),
  );
  if (faulty.length > 0)
    throw new Error(`not as TLC 2.18: ${faulty.map(({ example }) => example.config).join(', ')}`);
}

function row(example: Example, outcome: ExampleOutcome): string {
  const name = example.config.replace(/\.cfg$/, '').replace('SpecifyingSystems', 'SS');
  const note = noteOf(example, outcome);
  const counts = outcome.kind === 'refused' ? example : outcome.counts;
  const columns = [counts.distinct, counts.generated, counts.depth].map(
    (count) => count?.toLocaleString('en') ?? '?',
  );
  return [name, ...columns, outcome.seconds.toFixed(1), note].map(pad).join(' ').trimEnd();
}

function noteOf(example: Example, outcome: ExampleOutcome): string {
  const expected = `${example.distinct} distinct, ${example.generated} generated`;
  const others = example.tlc218 ? '' : ' (TLC 2.18 alone cannot)';
  switch (outcome.kind) {
    case 'same':
      return `same${others}${outcome.notChecked === undefined ? '' : `, a property not checked: ${outcome.notChecked}`}`;
    case 'different':
      return `DIFFERENT: expected ${expected}`;
    case 'refused':
      return `REFUSED ${outcome.code} ${outcome.message.replace(/^\S+: /, '').slice(0, 50)}${others}`;
    case 'unfinished':
      return `UNFINISHED: expected ${expected}`;
  }
}

function pad(text: string, column: number): string {
  if (column === 0) return text.padEnd(53);
  return column < 5 ? text.padStart(10) : text;
}
