import type { StackJson } from '../stacks/synthesis.ts';
import type { Attributes, Expected, Json, PlanAssertion, StackAssertions } from './assertions/assertion.ts';
import { addressesOf, shownSelection } from './find.ts';

/** An `assert` block of Terraform. */
export interface Assert {
  readonly condition: string;
  readonly error_message: string;
}

export interface Conditions {
  readonly plan: readonly Assert[];
  readonly apply: readonly Assert[];
  /** Messages about a wrong number of resources. The check reads the synthesized stack, and does not run Terraform. */
  readonly problems: readonly string[];
}

/** Translates the assertions about a stack into conditions of Terraform. */
export function conditionsOf(json: StackJson, { list }: StackAssertions): Conditions {
  const problems: string[] = [];
  const plan: Assert[] = [];
  const apply: Assert[] = [];
  for (const assertion of list) {
    if ('none' in assertion) {
      const found = addressesOf(json, assertion.none);
      problems.push(...found.map((address) => `${assertion.statement}: ${address} exists`));
      continue;
    }
    const { statement, of } = assertion;
    const { count = 1 } = of;
    const addresses = addressesOf(json, of);
    if (count === 'some' ? addresses.length === 0 : addresses.length !== count) {
      problems.push(
        `${statement}: the stack has ${addresses.length} resources ${shownSelection(of)}, expected ${count}`,
      );
      continue;
    }
    for (const address of addresses) {
      const always = assertsOf(json, assertion, address);
      plan.push(...always);
      apply.push(...always, ...attributeAsserts(json, statement, address, assertion.afterApply));
    }
  }
  return { plan, apply, problems };
}

function assertsOf(
  json: StackJson,
  { statement, attributes, chartValues }: PlanAssertion,
  address: string,
): readonly Assert[] {
  return [
    ...attributeAsserts(json, statement, address, attributes),
    ...attributeAsserts(json, statement, `jsondecode(${address}.values[0])`, chartValues, 'values.'),
  ];
}

function attributeAsserts(
  json: StackJson,
  statement: string,
  subject: string,
  attributes: Attributes = {},
  prefix = '',
): readonly Assert[] {
  return Object.entries(attributes).map(([path, expected]) => {
    const [, call, inner = path] = /^(\w+)\((.+)\)$/.exec(path) ?? [];
    const attribute = call ? `${call}(${subject}.${inner})` : `${subject}.${inner}`;
    const { condition, wanted } = conditionOf(json, attribute, expected);
    return {
      condition: `\${${condition}}`,
      error_message: `${statement}: ${prefix}${path} is not ${wanted}`,
    };
  });
}

/** @throws Error if `expected.sameAs` selects no resource of the stack, or more than one resource */
function conditionOf(
  json: StackJson,
  attribute: string,
  expected: Expected,
): { readonly condition: string; readonly wanted: string } {
  if ('atLeast' in expected) {
    // An attribute without a value is null, and Terraform cannot compare null with a number.
    return {
      condition: `coalesce(${attribute}, 0) >= ${expected.atLeast}`,
      wanted: `at least ${expected.atLeast}`,
    };
  }
  if ('sameAs' in expected) {
    const [address, ...others] = addressesOf(json, expected.sameAs);
    if (!address || others.length > 0) {
      throw new Error(
        `an assertion compares ${attribute} with ${shownSelection(expected.sameAs)}, which the stack must have once`,
      );
    }
    const other = `${address}.${expected.attribute}`;
    return { condition: `${attribute} == ${other}`, wanted: other };
  }
  if ('elements' in expected) {
    const wanted = literal([...expected.elements].sort());
    return { condition: `jsonencode(sort(${attribute})) == jsonencode(${wanted})`, wanted };
  }
  if ('isNot' in expected) {
    const unwanted = literal(expected.isNot);
    return {
      condition: `jsonencode(${attribute}) != jsonencode(${unwanted})`,
      wanted: `different from ${unwanted}`,
    };
  }
  const wanted = literal(expected.is);
  // In Terraform, a list never equals a tuple. Therefore the condition compares JSON texts.
  return { condition: `jsonencode(${attribute}) == jsonencode(${wanted})`, wanted };
}

/** A value in the syntax of Terraform, with escaped templates. */
const literal = (value: Json) =>
  JSON.stringify(value).replaceAll(/[$%]\{/g, (start) => `${start[0]}${start}`);
