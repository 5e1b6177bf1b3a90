import type { Environment } from '../config/environment.ts';
import { duplicates, type Problem, problem } from '../config/rule.ts';
import { platformOf } from './environment.ts';
import type { UniqueNames } from './platform.ts';

function namesOf(environment: Environment): Readonly<Record<string, UniqueNames>> {
  return {
    'environment name': { names: [environment.name], ignoresCase: false },
    ...platformOf(environment).names(environment),
  };
}

export function nameConflicts(environments: readonly Environment[]): Problem[] {
  const uses = environments.flatMap((environment) =>
    Object.entries(namesOf(environment)).map(([what, unique]) => ({
      user: environment.name,
      what,
      ...unique,
    })),
  );
  const kinds = [...new Set(uses.map(({ what }) => what))];
  return [
    ...kinds.flatMap((kind) =>
      shared(
        kind,
        uses.filter(({ what }) => what === kind),
      ),
    ),
    ...stateInside(environments),
  ];
}

interface Use extends UniqueNames {
  readonly user: string;
}

function shared(what: string, uses: readonly Use[]): Problem[] {
  const keyed = uses.flatMap(({ user, names, ignoresCase }) =>
    names
      .filter((name) => name !== undefined)
      .map((name) => ({ user, name, key: ignoresCase ? name.toLowerCase() : name })),
  );
  return duplicates(keyed.map(({ key }) => key)).map((key) => {
    const same = keyed.filter((use) => use.key === key);
    const users = uses.filter(({ user }) => same.some((use) => use.user === user)).map(({ user }) => user);
    const spellings = [...new Set(same.map(({ name }) => name))];
    const complaint =
      spellings.length === 1 ? 'is used twice' : 'differ only in upper and lower case, which Azure ignores';
    return problem(
      users.join(', '),
      `${what} ${spellings.join(' and ')} ${complaint}; choose different names`,
    );
  });
}

function stateInside(environments: readonly Environment[]): Problem[] {
  return environments.flatMap(({ name, state }) =>
    environments.flatMap((maker) =>
      platformOf(maker)
        .stateInside(maker, state)
        .map(({ setting, value, needed }) =>
          problem(
            `${name}.state.${setting}`,
            `${value} is created by the environment ${maker.name}. A destroy of ${maker.name} also deletes the Terraform state of ${name}. Use ${needed} that no environment creates`,
          ),
        ),
    ),
  );
}
