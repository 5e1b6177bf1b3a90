import { readFileSync, statSync } from 'node:fs';
import semver from 'semver';
import { terraformVersion } from '../../config/terraform.ts';
import { isTooDeep, mostLevels } from '../change/document.ts';
import { PlanError } from './plan-error.ts';
import { type PlanJson, planSchema } from './schema.ts';
import type { StackFile } from './stack-file.ts';

/** Maximum size of a plan in bytes. 500 resources need about 5 MB. Node can read at most 512 MB. */
const mostBytes = 200_000_000;

export interface Plan extends PlanJson {
  readonly stack: string;
}

const makeIt =
  'Write the plan with `terraform plan -out=tfplan`, then run `terraform show -json tfplan > <stack>.json`.';

/**
 * Reads the output of `terraform show -json`.
 * @throws PlanError for an invalid or failed plan
 */
export function readPlan(file: StackFile): Plan {
  return parsePlan(textOf(readBytes(file.path)), file);
}

/**
 * Parses a plan. Error messages contain no values of the plan, except versions.
 * @throws PlanError
 */
export function parsePlan(text: string, { stack, path }: StackFile): Plan {
  const refuse = (problem: string, remedy = makeIt) => new PlanError(`${path}: ${problem}. ${remedy}`);
  if (text.trim() === '') throw refuse('the file is empty, expected a plan in JSON');
  if (text.startsWith('PK')) throw refuse('the file is a binary plan, not a plan in JSON');
  const json = parsed(text);
  if (json === undefined) {
    throw isLog(text)
      ? refuse('the file is the log of `terraform plan -json`, expected the output of `terraform show -json`')
      : refuse('the file is not valid JSON; it may be truncated');
  }
  const head = json as Partial<
    Record<'format_version' | 'terraform_version' | 'values' | 'version', unknown>
  >;
  if (json === null || typeof json !== 'object' || typeof head.format_version !== 'string') {
    throw refuse(
      typeof head?.version === 'number'
        ? 'the file is a state file of Terraform, not a plan in JSON'
        : 'the file is not a Terraform plan: the JSON has no format_version',
    );
  }
  if (!/^1\.\d+$/.test(head.format_version)) {
    throw refuse(
      `format_version is ${shown(head.format_version)}, expected 1.x`,
      'Run `terraform plan` again with a Terraform version that this project supports (docs/reference/compatibility.md).',
    );
  }
  if ('values' in head && !('resource_changes' in head)) {
    throw refuse('the file is a state of Terraform in JSON, not a plan');
  }
  checkVersion(head.terraform_version, refuse);
  if (isTooDeep(json)) {
    throw refuse(
      `the plan contains a value with more than ${mostLevels} nesting levels`,
      'Reduce the nesting of this value.',
    );
  }
  const { data: plan, error } = planSchema.safeParse(json);
  if (!plan) {
    // The message shows only the path, because the text of zod can contain a secret.
    const where = error.issues[0]?.path.join('.') || 'the top level';
    throw refuse(
      `the field ${where} has the wrong type. The file must contain the output of \`terraform show -json\``,
    );
  }
  if (plan.errored) {
    throw refuse(
      'the plan has errors, therefore its changes are incomplete (errored: true)',
      'Read the errors in the output of `terraform plan`, fix them, and plan again.',
    );
  }
  return { ...plan, stack };
}

function readBytes(path: string): Buffer {
  try {
    const { size } = statSync(path);
    if (size > mostBytes) {
      throw new PlanError(
        `${path}: the file has ${size} bytes, expected a plan with at most ${mostBytes}. ${makeIt}`,
      );
    }
    return readFileSync(path);
  } catch (error) {
    if (error instanceof PlanError) throw error;
    const { code = 'an unknown error' } = error as NodeJS.ErrnoException;
    throw new PlanError(`${path}: the file cannot be read (${code}), expected a plan in JSON. ${makeIt}`);
  }
}

/** Also decodes UTF-16 with a byte order mark, which PowerShell writes. */
function textOf(bytes: Buffer): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

/** Returns undefined if the text is not JSON. The error of JSON.parse could quote a secret of the plan. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** True for the log of `terraform plan -json`: JSON lines with the key `@level`. */
function isLog(text: string): boolean {
  return text.includes('"@level"') && text.trimStart().startsWith('{');
}

function checkVersion(version: unknown, refuse: (problem: string, remedy: string) => PlanError): void {
  const parsedVersion = typeof version === 'string' ? semver.parse(version) : null;
  if (parsedVersion && semver.satisfies(parsedVersion, terraformVersion, { includePrerelease: true })) return;
  throw refuse(
    `terraform_version is ${shown(version)}, expected ${terraformVersion}`,
    'Run `terraform plan` again with a Terraform version that this project supports (docs/reference/compatibility.md).',
  );
}

/** Returns `not a version` for a text that is no version, because the text could be a secret. */
function shown(value: unknown): string {
  return typeof value === 'string' && /^\d{1,4}(?:\.\d{1,6}){0,2}(?:-\w{1,8})?$/.test(value)
    ? value
    : 'not a version';
}
