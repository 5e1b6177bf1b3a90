import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentOf } from '../../synthesis/stack.ts';
import type { Change } from '../change/change.ts';
import { changesOf } from '../change/changes.ts';
import type { Difference } from '../change/difference.ts';
import { textAt } from '../change/tree.ts';
import { type Plan, parsePlan } from '../plan/read-plan.ts';
import { hidePlainSecrets } from '../secrets/hide.ts';
import type { AcceptedChanges } from './declared.ts';
import { DriftError } from './drift-error.ts';
import type { DriftFinding } from './finding.ts';
import { withoutSecretValues } from './hide-secrets.ts';
import { isBelow } from './paths.ts';
import { StackTerraform } from './terraform.ts';

export interface StackDriftOptions {
  readonly folder: string;
  readonly accepted: AcceptedChanges;
  readonly signal: AbortSignal;
  readonly say: (sentence: string) => void;
}

/**
 * Finds changes outside Terraform, and changes of the checkout that are not deployed.
 * @throws DriftError, PlanError
 */
export async function stackDrift(
  stack: string,
  { folder, accepted, signal, say }: StackDriftOptions,
): Promise<readonly DriftFinding[]> {
  const terraform = new StackTerraform(stack, folder, signal);
  // The plans contain secrets. `mkdtempSync` creates a folder that only the current user can read.
  const plans = mkdtempSync(join(tmpdir(), 'drift-'));
  try {
    say(`${stack}: terraform init`);
    await terraform.init();
    const read = async (name: string, options: readonly string[]) => {
      const file = join(plans, name);
      const path = `the plan of ${stack}`;
      return (await terraform.plan(file, options))
        ? parsePlan(await terraform.show(file), { stack, path })
        : undefined;
    };
    say(`${stack}: terraform plan -refresh-only`);
    const refreshed = await read('refresh', ['-refresh-only']);
    say(`${stack}: terraform plan`);
    // If the first plan finds no difference, the state is current. The next plan needs no refresh.
    const next = await read('next', refreshed ? [] : ['-refresh=false']);
    if (next) requireState(next);
    return stackFindings(stack, { refreshed, next, accepted });
  } finally {
    rmSync(plans, { recursive: true, force: true });
  }
}

function requireState({ stack, resource_changes: all }: Plan): void {
  const managed = all.filter(({ mode }) => mode === 'managed');
  if (managed.some(({ change }) => change.actions[0] !== 'create')) return;
  throw new DriftError(
    `${stack}: the plan creates every resource, expected the plan of a deployed stack. Deploy the environment first. If you deployed the environment before, either all resources of the stack were deleted, or the state is lost or moved: see docs/restore.md.`,
  );
}

/** The two plans of one stack. A plan is undefined if `terraform plan` finds no change. */
export interface StackPlans {
  /** The plan with `-refresh-only`. */
  readonly refreshed?: Plan | undefined;
  /** The plan of the next deployment. */
  readonly next?: Plan | undefined;
  /** @default none */
  readonly accepted?: AcceptedChanges;
}

/** `refreshed` shows changes outside Terraform. `next` shows changes that are not deployed. */
export function stackFindings(
  stack: string,
  { refreshed, next, accepted = new Map() }: StackPlans,
): readonly DriftFinding[] {
  const outside = (refreshed ? changesOf(refreshed, hidePlainSecrets).drift : [])
    .filter(needsFinding)
    .flatMap((change) => withoutAccepted(change, accepted));
  const planned = next ? changesOf(next, hidePlainSecrets).changes : [];
  const isPlanned = (change: Change) => planned.some(({ address }) => address === change.address);
  const isOutside = (change: Change) => outside.some(({ address }) => address === change.address);
  return [
    ...outside.map((change) => ({
      ...finding(stack, change),
      remedies: [
        isPlanned(change)
          ? { what: 'The next deployment restores the declared state.', commands: [deployCommand(stack)] }
          : {
              what: 'The next deployment keeps this difference. Undo the change by hand, add the difference to drift.ignore, or write the difference to the Terraform state with this command:',
              commands: [`terraform -chdir=cdktf.out/stacks/${stack} apply -refresh-only`],
            },
      ],
    })),
    ...planned
      .filter((change) => !isOutside(change))
      .map((change) => ({
        ...finding(stack, change),
        state: 'not deployed' as const,
        remedies: [
          {
            what: 'The checkout and the deployment differ. Check out the deployed commit, or deploy the checkout.',
            commands: [deployCommand(stack)],
          },
        ],
      })),
  ];
}

/** Removes accepted differences, such as the number of nodes that an autoscaler sets. */
function withoutAccepted(change: Change, accepted: AcceptedChanges): readonly Change[] {
  const patterns = (accepted.get(change.address) ?? []).map((path) => path.replace(/\[\d+\]/g, ''));
  if (change.action !== 'update' || patterns.length === 0) return [change];
  const left = change.differences.filter(({ path }) => !patterns.some((pattern) => isBelow(path, pattern)));
  return left.length > 0 ? [{ ...change, differences: left }] : [];
}

function needsFinding({ type, action, differences }: Change): boolean {
  if (action !== 'update' || !type.startsWith('kubernetes_secret')) return true;
  return differences.some(({ path }) => path.join('.') !== 'metadata.resource_version');
}

function finding(stack: string, change: Change): Omit<DriftFinding, 'remedies'> {
  const { type, name: title, action, address, before, after } = change;
  const shown = after ?? before;
  const isObject = type.startsWith('kubernetes_');
  const namespace = isObject ? textAt(shown, 'metadata.namespace') : textAt(shown, 'release.namespace');
  const name = textAt(shown, isObject ? 'metadata.name' : 'name') ?? textAt(shown, 'release.name');
  return {
    state: action === 'destroy' ? 'missing' : 'changed',
    kind: isObject ? (title.split(' ')[0] ?? type) : type,
    ...(namespace !== undefined && { namespace }),
    name: name ?? address,
    title,
    declaredBy: `stack ${stack}`,
    differences: withoutSecretValues(shownDifferences(change)),
    writers: [],
  };
}

/** The report does not list the values of a created or destroyed resource. */
function shownDifferences({ action, differences }: Change): readonly Difference[] {
  return action === 'update' || action === 'replace' ? differences : [];
}

function deployCommand(stack: string): string {
  return `npx cdktf deploy '${environmentOf(stack)}-*'`;
}
