import { expect, test } from 'vitest';
import { listModels } from './model-manifest.ts';
import { listMutants } from './mutant.ts';
import { renderModelList } from './render-list.ts';

test('each table has headings, and every cell begins below its own', () => {
  const [model, mutant] = [listModels()[0], listMutants()[0]];
  if (model === undefined || mutant === undefined) throw new Error('the manifests are empty');
  const text = renderModelList(
    [
      { ...model, name: 'short', class: 'small', description: 'One.' },
      { ...model, name: 'a-long-name', class: 'medium', description: 'Two.' },
    ],
    [{ ...mutant, name: 'bug', model: 'a-long-name', property: 'Safe', description: 'Three.' }],
  );
  expect(text.split('\n')).toEqual([
    'models (of the class small take seconds, medium minutes, large hours)',
    '  name         class   what it looks at',
    '  short        small   One.',
    '  a-long-name  medium  Two.',
    '',
    'mutants (the model must find that the property is violated)',
    '  name  model        property  mistake in the spec',
    '  bug   a-long-name  Safe      Three.',
  ]);
});
