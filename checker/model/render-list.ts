import { paint } from '../diagnostics/render.ts';
import type { ManifestModel } from './model-manifest.ts';
import type { ManifestMutant } from './mutant.ts';

/** The models and the mutants of the manifests for people, each kind as a table with headings. */
export function renderModelList(
  models: readonly ManifestModel[],
  mutants: readonly ManifestMutant[],
): string {
  return [
    'models (of the class small take seconds, medium minutes, large hours)',
    ...table(
      ['name', 'class', 'what it looks at'],
      models.map((model) => [model.name, model.class, model.description]),
    ),
    '',
    'mutants (the model must find that the property is violated)',
    ...table(
      ['name', 'model', 'property', 'mistake in the spec'],
      mutants.map((mutant) => [mutant.name, mutant.model, mutant.property, mutant.description]),
    ),
  ].join('\n');
}

/** Columns as wide as their widest cell, but the last. */
function table(headings: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
  return [paint('dim', line(headings)), ...rows.map(line)];
}
