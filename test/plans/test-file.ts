import { randomBytes } from 'node:crypto';
import type { StackJson } from '../stacks/synthesis.ts';
import type { StackAssertions } from './assertions/assertion.ts';
import { type Conditions, conditionsOf } from './conditions.ts';
import { mocksOf } from './mocks.ts';

export const testFileName = 'plan.tftest.json';

export interface TestFile {
  readonly text: string;
  readonly problems: Conditions['problems'];
}

/** The file for `terraform test`: a plan and a mocked apply, both with assertions. */
export function testFileOf(json: StackJson, assertions: StackAssertions): TestFile {
  const { plan, apply, problems } = conditionsOf(json, assertions);
  const file = {
    ...mocksOf(json),
    variables: variablesOf(json),
    run: [{ plan: { command: 'plan', assert: plan } }, { apply: { command: 'apply', assert: apply } }],
  };
  return { text: `${JSON.stringify(file, null, 2)}\n`, problems };
}

/** Random values of the variables without a default. No test result may depend on a value. */
function variablesOf({ variable = {} }: StackJson): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(variable)
      .filter(([, block]) => !('default' in block))
      .map(([name]) => [name, `mocked-${randomBytes(12).toString('hex')}`]),
  );
}
