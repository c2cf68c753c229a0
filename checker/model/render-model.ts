import { paint } from '../diagnostics/render.ts';
import type { CounterexampleStep } from '../tlc/tlc-counterexample.ts';
import type { ModelProgress } from './model-progress.ts';
import type { ModelVerdict, UncheckedProperty } from './model-verdict.ts';

/** A model's verdict for people: a line, and a counterexample if there is one. */
export function renderVerdict(name: string, verdict: ModelVerdict): string {
  const lines = [`${mark(verdict)} ${name}: ${summary(verdict)}`];
  if (verdict.verdict === 'violated') {
    lines.push(`${verdict.code}: ${verdict.message}`, ...verdict.steps.map(renderStep));
    if (verdict.loopsTo === null) lines.push('and nothing happens any more');
    else if (verdict.loopsTo !== undefined) lines.push(`and then back to step ${verdict.loopsTo}`);
  }
  if (verdict.notChecked.length > 0) lines.push(...verdict.notChecked.map(renderUnchecked));
  return lines.join('\n');
}

/** Of engines that do not contradict each other. */
export function renderAgreement(verdicts: readonly ModelVerdict[]): string {
  const tlc = verdicts.find(({ engine }) => engine === 'tlc');
  const differs = verdicts.some(
    ({ verdict, livenessStates }) => livenessStates !== undefined && verdict !== tlc?.verdict,
  );
  if (!differs || tlc === undefined) return '  native and tlc agree';
  return `  tlc says "${tlc.verdict}", of behaviours in which states are one that SYMMETRY or VIEW makes one`;
}

function renderUnchecked({ property, why }: UncheckedProperty): string {
  return `  ${paint('yellow', 'not checked')} ${property}: ${why}; see --engine tlc`;
}

/** The counts of a search that is still going on, for so many seconds. */
export function renderProgress(name: string, counts: ModelProgress, seconds: number): string {
  if (counts.stepsKnown !== undefined) {
    const percent = Math.floor((100 * counts.stepsKnown) / counts.distinct);
    return `${name}: liveness, ${percent} % of ${count(counts.distinct)} states`;
  }
  const rate = seconds < 1 ? '' : `, ${count(Math.round(counts.generated / seconds))} generated a second`;
  if (counts.isRandom === true)
    return `${name}: ${count(counts.generated)} states of random behaviours${rate}`;
  const depth = counts.depth === undefined ? '' : `, depth ${counts.depth}`;
  return `${name}: ${count(counts.distinct)} distinct states${depth}, ${count(counts.queue)} to look at${rate}`;
}

function mark(verdict: ModelVerdict): string {
  switch (verdict.verdict) {
    case 'holds':
      return paint('green', '[holds]');
    case 'violated':
      return paint('red', '[violated]');
    case 'inconclusive':
      return paint('yellow', '[inconclusive]');
  }
}

function summary(verdict: ModelVerdict): string {
  const { distinct, generated, depth, livenessStates } = verdict;
  // Random behaviours are not told apart, and have a length, where a search of all states has a depth.
  const isRandom = distinct === null && generated !== null;
  const states = [
    ...(distinct === null ? [] : [`${count(distinct)} distinct`]),
    ...(generated === null ? [] : [`${count(generated)} generated`]),
    ...(depth === null ? [] : [isRandom ? `longest behaviour ${count(depth)} states` : `depth ${depth}`]),
    ...(livenessStates === undefined ? [] : [`liveness in ${count(livenessStates)} states`]),
  ];
  const counts = states.length === 0 ? 'no states counted' : states.join(', ');
  const what = verdict.verdict === 'inconclusive' ? `${verdict.code}: ${verdict.message}; ` : '';
  return `${what}${counts}, ${(verdict.elapsedMs / 1000).toFixed(1)} s`;
}

/** A step: its action and where that stands, then every variable that it changed. */
function renderStep(step: CounterexampleStep): string {
  const place = step.module === undefined ? '' : paint('dim', ` (${step.module}.tla:${step.line})`);
  const changes = step.changed.map((name) => {
    const value = (step.variables[name] ?? '').replaceAll('\n', '\n      ');
    return `    ${name} = ${value}`;
  });
  return [`  ${step.number}. ${paint('bold', step.action)}${place}`, ...changes].join('\n');
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
