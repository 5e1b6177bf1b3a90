import { snapshotsGroup } from './azure-names.ts';
import type { Environment } from './environment.ts';
import { contextOf } from './places.ts';
import { duplicates, type Problem, problem } from './rule.ts';
import { storageAccounts } from './storage-accounts.ts';

type Names = (environment: Environment) => readonly (string | undefined)[];

const onAzure = ({ platform }: Environment) => (platform.kind === 'azure' ? platform : undefined);

/** Resource groups that an environment makes, with their subscriptions. */
function resourceGroups(environment: Environment): readonly string[] {
  const platform = onAzure(environment);
  if (!platform) return [];
  const { subscriptionId, resourceGroup, backup } = platform;
  const groups = [resourceGroup, ...(backup ? [snapshotsGroup(resourceGroup)] : [])];
  return groups.map((group) => `${subscriptionId}/${group}`);
}

/** Names that no two resources may share, of one environment or of several. */
const unique: Readonly<Record<string, Names>> = {
  'environment name': ({ name }) => [name],
  'kubeconfig context': ({ platform }) => [
    platform.kind === 'existing' ? contextOf(platform.kubeconfig) : undefined,
  ],
};

/** The same, of resources whose names Azure compares without regard to case. */
const uniqueOnAzure: Readonly<Record<string, Names>> = {
  'resource group': resourceGroups,
  registry: (environment) => [onAzure(environment)?.registry.name],
  'key vault': (environment) => [onAzure(environment)?.keyVault.name],
  'function app': ({ functions, usdtExporter }) => [
    functions.host === 'azure' ? functions.app : undefined,
    usdtExporter.host === 'azure' ? usdtExporter.app : undefined,
  ],
  'storage account': storageAccounts,
};

/** Names that collide, within one environment or among several. */
export function clashes(environments: readonly Environment[]): Problem[] {
  return [
    ...Object.entries(unique).flatMap(([what, names]) => shared(environments, what, names, (name) => name)),
    ...Object.entries(uniqueOnAzure).flatMap(([what, names]) =>
      shared(environments, what, names, (name) => name.toLowerCase()),
    ),
    ...stateInside(environments),
  ];
}

/** @param keyOf what is equal for names that are one */
function shared(
  environments: readonly Environment[],
  what: string,
  names: Names,
  keyOf: (name: string) => string,
): Problem[] {
  const uses = environments.map((environment) => ({
    user: environment.name,
    names: names(environment).filter((name) => name !== undefined),
  }));
  return duplicates(uses.flatMap((use) => use.names.map(keyOf))).map((key) => {
    const same = (name: string) => keyOf(name) === key;
    const users = uses.filter((use) => use.names.some(same)).map(({ user }) => user);
    const spellings = [...new Set(uses.flatMap((use) => use.names.filter(same)))];
    const complaint =
      spellings.length === 1
        ? 'is used twice'
        : 'is one name to Azure, which disregards upper and lower case';
    return problem(users.join(', '), `${what} ${spellings.join(' and ')} ${complaint}; give each its own`);
  });
}

/** Terraform would look for its state in an account or a group that it has yet to make, and lose it with either. */
function stateInside(environments: readonly Environment[]): Problem[] {
  return environments.flatMap(({ name, state }) => {
    if (state.kind !== 'azurerm') return [];
    const { storageAccount, resourceGroup } = state;
    const group = `${state.subscriptionId}/${resourceGroup}`.toLowerCase();
    const inside = (setting: string, value: string, what: string, makes: (other: Environment) => boolean) =>
      environments
        .filter(makes)
        .map((maker) =>
          problem(
            `${name}.state.${setting}`,
            `${value} is made by ${maker.name}, and a state must be there before and after; set ${what} that exists already`,
          ),
        );
    return [
      ...inside('storageAccount', storageAccount, 'an account', (other) =>
        storageAccounts(other).includes(storageAccount),
      ),
      ...inside('resourceGroup', resourceGroup, 'a group', (other) =>
        resourceGroups(other).some((made) => made.toLowerCase() === group),
      ),
    ];
  });
}
