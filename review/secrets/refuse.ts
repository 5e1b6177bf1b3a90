import { hideSensitive } from '../change/hide.ts';
import { readableName } from '../change/name.ts';
import { releaseTree } from '../change/release.ts';
import { maskedLine, sensitiveTexts } from '../change/sensitive-texts.ts';
import type { Tree } from '../change/tree.ts';
import { PlanError } from '../plan/plan-error.ts';
import type { Plan } from '../plan/read-plan.ts';
import type { ResourceChange } from '../plan/schema.ts';
import { type PlainSecret, plainSecrets } from './find.ts';

const shownSecrets = 10;

/**
 * Refuses a plan with a plain-text secret. The message contains no value.
 * @throws PlanError
 */
export function refusePlainSecrets(plan: Plan): void {
  const found = [...new Set([...plan.resource_changes.flatMap(secretsOf), ...ofVariables(plan)])];
  if (found.length === 0) return;
  // A resource name can contain a sensitive value. `maskedLine` hides the value in the message.
  const texts = sensitiveTexts(plan);
  const more = found.length > shownSecrets ? [`  and ${found.length - shownSecrets} more`] : [];
  throw new PlanError(
    [
      `${plan.stack}: the plan contains ${found.length === 1 ? 'a secret' : `${found.length} secrets`} as plain text. Expected: no secrets. Places of the secrets:`,
      ...found.slice(0, shownSecrets).map((place) => `  ${maskedLine(place, texts)}`),
      ...more,
      'Anyone who reads the plan or the state can read the secret. Replace the secret, store the new secret in a Secret or a key vault,',
      'and refer to it by name (docs/secrets.md). If a value is public, but its field has the name of a secret, add the name of the field in snake case, such as',
      'pull_secret, to publicNames in review/secrets/patterns.ts. If the secret was deployed, the Terraform state contains the secret.',
      'The plan review also refuses a plan that removes a deployed secret, because this plan contains the old value. Therefore deploy the removal with the following command, which has no plan review.',
      'The command shows a plan and asks for your approval. Read this plan before you approve:',
      `npx cdktf deploy --ignore-missing-stack-dependencies ${plan.stack}`,
    ].join('\n'),
  );
}

function secretsOf({ mode, type, address, change }: ResourceChange): readonly string[] {
  if (mode === 'data') return [];
  const before = hideSensitive(change.before, change.before_sensitive);
  const after = hideSensitive(change.after, change.after_sensitive);
  const name = readableName(type, after ?? before, address);
  return [...inTree(type, after), ...inTree(type, before)].map(
    ({ path, what }) => `${name}: ${path.join('.')} is ${what}`,
  );
}

function inTree(type: string, tree: Tree): readonly PlainSecret[] {
  if (type !== 'helm_release' || tree === null) return plainSecrets(tree);
  const { release, values } = releaseTree(tree);
  return [...plainSecrets(release), ...plainSecrets(values)];
}

function ofVariables(plan: Plan): readonly string[] {
  const declared = plan.configuration?.root_module?.variables ?? {};
  return Object.entries(plan.variables ?? {}).flatMap(([name, { value }]) =>
    declared[name]?.sensitive === true
      ? []
      : plainSecrets({ [name]: value as Tree }, ['variable']).map(
          ({ path, what }) =>
            `${path.join(' ')} is ${what}, but the declaration of the variable does not contain sensitive = true`,
        ),
  );
}
