import { ModelValue, type Value } from '../values/value.ts';
import type { Permutation } from './explored-model.ts';

/** All that the permutations generate, the identity first. As TLC does, it takes a SYMMETRY set for generators. */
export function groupOf(generators: readonly Permutation[]): readonly Permutation[] {
  const points = pointsOf(generators);
  const identity: Permutation = new Map(points.map((point) => [point, point]));
  const elements = [identity];
  const known = new Set([keyOf(identity, points)]);
  for (const element of elements) {
    for (const generator of generators) {
      const product = compose(generator, element);
      const key = keyOf(product, points);
      if (known.has(key)) continue;
      known.add(key);
      elements.push(product);
    }
  }
  return elements;
}

/** For each element of a group the place of its inverse. */
export function inversesOf(group: readonly Permutation[]): readonly number[] {
  const points = pointsOf(group);
  const places = new Map(group.map((element, place) => [keyOf(element, points), place]));
  return group.map((element) => {
    const inverse = new Map<ModelValue, Value>();
    for (const [point, image] of element) if (image instanceof ModelValue) inverse.set(image, point);
    return places.get(keyOf(inverse, points)) ?? 0;
  });
}

function pointsOf(permutations: readonly Permutation[]): ModelValue[] {
  return [...new Set(permutations.flatMap((permutation) => [...permutation.keys()]))];
}

/** First the inner one, then the outer one. */
function compose(outer: Permutation, inner: Permutation): Permutation {
  const product = new Map<ModelValue, Value>();
  for (const [point, image] of inner) product.set(point, imageOf(outer, image));
  return product;
}

function imageOf(permutation: Permutation, value: Value): Value {
  return value instanceof ModelValue ? (permutation.get(value) ?? value) : value;
}

function keyOf(permutation: Permutation, points: readonly ModelValue[]): string {
  return points.map((point) => points.indexOf(asPoint(imageOf(permutation, point)))).join();
}

function asPoint(value: Value): ModelValue {
  if (value instanceof ModelValue) return value;
  throw new TypeError('a permutation of model values has only model values as its images');
}
