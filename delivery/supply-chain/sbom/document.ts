import { Enums, Models, Serialize, Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { CouldNotRun } from '../../could-not-run.ts';
import { manifest } from '../project.ts';
import { dependOn, ownComponent } from './components.ts';

export interface Subject {
  /** Name of the file without its extension. */
  readonly file: string;
  readonly description: string;
  /** Direct dependencies, such as images, charts, programs and npm packages. */
  readonly top: readonly Models.Component[];
  /** Components that are not in `top`. */
  readonly below: readonly Models.Component[];
}

/**
 * JSON in CycloneDX 1.6. Equal arguments give equal texts.
 * @throws CouldNotRun
 */
export async function documentOf(subject: Subject, time: Date | undefined): Promise<string> {
  const main = ownComponent(`${manifest.name}-${subject.file}`, manifest.version, manifest.license);
  main.description = subject.description;
  dependOn(main, subject.top);
  const bom = new Models.Bom({
    metadata: new Models.Metadata({ component: main, ...(time && { timestamp: time }) }),
  });
  bom.metadata.tools.components.add(
    new Models.Component(Enums.ComponentType.Application, 'npm run sbom', { version: manifest.version }),
  );
  for (const component of [...subject.top, ...subject.below]) bom.components.add(component);
  const text = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6)).serialize(
    bom,
    { sortLists: true, space: 2 },
  );
  await validate(subject.file, text);
  return `${text}\n`;
}

async function validate(file: string, text: string): Promise<void> {
  const problem = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text);
  if (problem === null) return;
  throw new CouldNotRun(
    `${file}: the document does not match the schema of CycloneDX 1.6: ${JSON.stringify(problem).slice(0, 500)}. Report this as a bug.`,
  );
}
