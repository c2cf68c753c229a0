import { Random } from '../impl/random.ts';
import { type Corruption, drawCorruption } from './diagnosis/corruption.ts';
import { type Judgement, judgeDiagnosis, namedBy } from './diagnosis/judge-diagnosis.ts';
import { judgeOrder, type OrderJudgement } from './diagnosis/order.ts';
import { recordRun } from './mutations.ts';

export const description =
  'how often the native engine names the line, action and variable that were corrupted';

/** At least so many of the corruptions that show at their event are named. */
const TARGET = 0.95;

/**
 * Corrupts one field of one event of simulated traces, drawn at random, and holds the diagnosis against what was done.
 *
 * Only corruptions that show at their event count: what the reader refuses needs no diagnosis, what is a behaviour of
 * the spec all the same has no fault, and where the changed event is a step that the spec allows, whatever is wrong
 * after it is so of another event. These are counted beside. Named is a corruption if the diagnosis gives its line
 * and action, and as what differs just the corrupted variable. Where it gives another variable and the event with the
 * value that it expects is a step of the spec too, both explain the event equally well; a record that contradicts
 * itself, such as args.command and the entry that is appended, cannot tell which of the two is wrong. Those count as
 * named, and are told apart. Misses are listed.
 *
 * Beside that, events are dropped, repeated and swapped. There no value is wrong: named is one that is repeated or
 * swapped if it, or the other one of the pair, is the event that is rejected; one that is dropped, if it is given as the
 * step that nobody recorded. Often it shows nowhere, or only in what follows from it.
 *
 * @param args `--corruptions N` (1000), `--seed N` (1), `--runs N` (20) simulated traces, `--events N` (150) of each;
 *   `--orders N` (200) dropped, repeated and swapped; `--list` shows what is equally good, and the orders
 * @throws if less than 95 % are named
 */
export async function run(args: readonly string[]): Promise<void> {
  const wanted = numberAfter(args, '--corruptions') ?? 1_000;
  const random = new Random(numberAfter(args, '--seed') ?? 1);
  const events = numberAfter(args, '--events') ?? 150;
  const runs = Array.from({ length: numberAfter(args, '--runs') ?? 20 }, (_, index) =>
    recordRun(index + 1, events),
  );
  const judged: (readonly [Corruption, Judgement])[] = [];
  let counted = 0;
  while (counted < wanted) {
    const drawn = runs[random.below(runs.length)];
    const corruption = drawn === undefined ? undefined : drawCorruption(drawn, random);
    if (corruption === undefined) continue;
    const judgement = await judgeDiagnosis(corruption);
    judged.push([corruption, judgement]);
    if (['named', 'equal', 'missed'].includes(judgement.outcome)) counted += 1;
    if (process.stderr.isTTY) process.stderr.write(`\r${counted}/${wanted}`);
  }
  print(judged, args.includes('--list') ? ['missed', 'equal'] : ['missed']);
  const orders: OrderJudgement[] = [];
  for (let tried = numberAfter(args, '--orders') ?? 200; tried > 0; tried -= 1) {
    const drawn = runs[random.below(runs.length)];
    const judgement = drawn === undefined ? undefined : await judgeOrder(drawn, random);
    if (judgement !== undefined) orders.push(judgement);
  }
  printOrders(orders, args.includes('--list'));
  const share = countOf(judged, 'named', 'equal') / counted;
  if (share < TARGET) throw new Error(`${(100 * share).toFixed(1)} % are named, less than ${100 * TARGET} %`);
}

function print(judged: readonly (readonly [Corruption, Judgement])[], listed: readonly string[]): void {
  const counted = countOf(judged, 'named', 'equal', 'missed');
  const percent = (count: number): string => `${((100 * count) / counted).toFixed(1)} %`;
  const named = countOf(judged, 'named');
  const equal = countOf(judged, 'equal');
  const missed = countOf(judged, 'missed');
  console.log(`${judged.length} corruptions of one field of one event:`);
  console.log(`${count(countOf(judged, 'malformed'))}  refused by the reader`);
  console.log(`${count(countOf(judged, 'allowed'))}  a behaviour of the spec too`);
  console.log(`${count(countOf(judged, 'later'))}  a step that the spec allows; a later event is rejected`);
  console.log(`${count(counted)}  rejected at the event, of which`);
  console.log(`${count(named)}    named: line, action, and just the corrupted variable (${percent(named)})`);
  console.log(`${count(equal)}    explained equally well by another variable (${percent(equal)})`);
  console.log(`${count(missed)}    missed (${percent(missed)})`);
  for (const outcome of listed) {
    const groups = Map.groupBy(
      judged.filter(([, judgement]) => judgement.outcome === outcome),
      ([corruption, judgement]) => `${corruption.text}: ${whatWasNamed(judgement)}`,
    );
    console.log(`\n${outcome}:`);
    for (const [text, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const [corruption] = group[0] ?? [];
      console.log(`${count(group.length)}  ${text}  (seed ${corruption?.run.seed}, event ${corruption?.at})`);
    }
  }
}

function printOrders(orders: readonly OrderJudgement[], isListed: boolean): void {
  console.log('\nevents              not rejected   named   other');
  for (const [change, group] of Map.groupBy(orders, (each) => each.change)) {
    const columns = ['not rejected', 'named', 'other'].map((wanted) =>
      String(group.filter(({ outcome }) => outcome === wanted).length).padStart(8),
    );
    console.log(`${change.padEnd(24)}${columns.join('')}`);
  }
  if (!isListed) return;
  for (const { change, text } of orders.filter(({ outcome }) => outcome === 'other'))
    console.log(`  ${change} ${text}`);
}

function whatWasNamed(judgement: Judgement): string {
  if (!('rejection' in judgement)) return '';
  const { rejection } = judgement;
  const { suggestion, conjunct } = rejection;
  const names = namedBy(rejection).map(({ variable, fields }) => [variable, ...fields.slice(0, 2)].join(' '));
  if (names.length === 0)
    return suggestion === undefined ? `the conjunct ${conjunct?.text}` : suggestion.step;
  return `${names.join(', ')}${suggestion === undefined ? '' : ` by ${suggestion.action}`}`;
}

function countOf(
  judged: readonly (readonly [Corruption, Judgement])[],
  ...outcomes: readonly string[]
): number {
  return judged.filter(([, { outcome }]) => outcomes.includes(outcome)).length;
}

function count(number: number): string {
  return String(number).padStart(6);
}

function numberAfter(args: readonly string[], flag: string): number | undefined {
  const at = args.indexOf(flag);
  return at === -1 ? undefined : Number(args[at + 1]);
}
