import fc from 'fast-check';
import { Choices } from './choices.fixture.ts';
import { ExpressionGenerator, topType } from './expression-generator.fixture.ts';

const DEPTH = 4;
const MOST_CHARACTERS = 700;

/** What a generator decides by. */
export const DECISIONS = fc.array(fc.nat({ max: 2 ** 31 - 1 }), {
  minLength: 12,
  maxLength: 160,
  size: 'max',
});

/** A random closed expression over the prelude and the model values m1, m2, m3. */
export const RANDOM_EXPRESSION: fc.Arbitrary<string> = DECISIONS.map((numbers) => {
  const choices = new Choices(numbers);
  return new ExpressionGenerator(choices).expression(topType(choices), [], 1 + choices.pick(DEPTH)).text;
}).filter((text) => text.length <= MOST_CHARACTERS);

/** So many different expressions; the same for the same seed. */
export function randomExpressions(count: number, seed: number): readonly string[] {
  return [...new Set(fc.sample(RANDOM_EXPRESSION, { numRuns: 2 * count, seed }))].slice(0, count);
}
