import { Enums, Models } from '@cyclonedx/cyclonedx-library';
import { type Program, programs } from '../../../toolchain/index.ts';
import type { Lock, LockedPackage } from '../lock/read-lock.ts';
import { requirementsOf } from '../lock/requirements.ts';
import { modulesOf } from '../programs.ts';
import { dependOn, moduleComponent, packageComponent } from './components.ts';
import type { Subject } from './document.ts';

/** The programs of the toolchain with their Go modules, and the production packages of npm. */
export function laptopSubject(lock: Lock): Subject {
  const modules = new Map<string, Models.Component>();
  const ofPrograms = Object.values(programs).map((program: Program) => {
    const { name, version, module, moduleVersion, release } = program;
    const component = new Models.Component(Enums.ComponentType.Application, name, {
      version,
      bomRef: `program:${name}@${version}`,
    });
    component.externalReferences.add(
      new Models.ExternalReference(
        `https://github.com/${release.repository}/releases/tag/${release.tag}`,
        Enums.ExternalReferenceType.Distribution,
      ),
    );
    const parts = modulesOf(program).map((found) => {
      const part = moduleComponent(found);
      const known = modules.get(part.bomRef.value ?? '') ?? part;
      modules.set(part.bomRef.value ?? '', known);
      return known;
    });
    const own = moduleComponent({ module, version: moduleVersion, checksum: '' }).bomRef.value;
    if (!parts.some(({ bomRef }) => bomRef.value === own))
      throw new Error(
        `The go.sum of ${name} does not contain ${module} ${moduleVersion}. Create this go.sum again: toolchain/programs.ts lists the commands.`,
      );
    dependOn(component, parts);
    return component;
  });
  const packages = packageGraph(lock, ({ development }) => !development);
  return {
    file: 'laptop',
    description:
      'The programs of the laptop pipeline and of the checks, their Go modules, and the packages of npm.',
    top: [...ofPrograms, ...packages],
    below: [...modules.values()],
  };
}

/** The packages that only the development of this project needs. */
export function developmentSubject(lock: Lock): Subject {
  return {
    file: 'development',
    description: 'The packages of npm that only the development needs: tests, linters, generators.',
    top: packageGraph(lock, ({ development }) => development),
    below: [],
  };
}

/** Copies of the same package version in `package-lock.json` become one component. */
function packageGraph(lock: Lock, wanted: (found: LockedPackage) => boolean): readonly Models.Component[] {
  const chosen = [...lock.packages.values()].filter(wanted);
  const components = new Map<string, Models.Component>();
  const key = ({ name, version }: LockedPackage) => `${name}@${version}`;
  for (const found of chosen) {
    if (!components.has(key(found))) components.set(key(found), packageComponent(found));
  }
  for (const found of chosen) {
    const imported = requirementsOf(lock, found).flatMap((each) => components.get(key(each)) ?? []);
    const component = components.get(key(found));
    if (component) dependOn(component, imported);
  }
  return [...components.values()];
}
