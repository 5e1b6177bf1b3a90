import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { StackJson } from '../stacks/synthesis.ts';
import { type Assertion, elements, is, isNot } from './assertions/assertion.ts';
import { conditionsOf } from './conditions.ts';
import { EventReader } from './events.ts';
import { named, smallStack } from './fake-terraform.ts';
import { computedBlocksOf } from './mocks.ts';
import { configurationOf } from './recording.ts';
import { stacksToTest } from './stacks.ts';
import { testFileOf } from './test-file.ts';
import { protectionProblems } from './test-stack.ts';

const folder = mkdtempSync(join(tmpdir(), 'plan-stacks-'));
afterAll(() => rmSync(folder, { recursive: true }));
const stacks = await stacksToTest(join(folder, 'out/plans'));

describe('the file for terraform test', () => {
  const { text } = testFileOf(smallStack, { list: [named] });
  const file = JSON.parse(text);

  it('mocks each provider except `random`', () => {
    expect(file.mock_provider).toEqual({ kubernetes: [{}, { alias: 'edge' }] });
  });

  it('gives a random value to each variable without a default', () => {
    vi.stubEnv('TF_VAR_token', 'of-the-environment');
    const again = JSON.parse(testFileOf(smallStack, { list: [] }).text).variables;
    vi.unstubAllEnvs();
    expect(Object.keys(again)).toEqual(['token']);
    expect(again.token).toMatch(/^mocked-[0-9a-f]{24}$/);
    expect(again.token).not.toBe(file.variables.token);
  });

  it('checks the assertions after the plan, and again after the apply', () => {
    const assert = {
      condition: `\${jsonencode(kubernetes_namespace_v1.nats.metadata[0].name) == jsonencode("nats")}`,
      error_message: 'The namespace has its name: metadata[0].name is not "nats"',
    };
    expect(file.run).toEqual([
      { plan: { command: 'plan', assert: [assert] } },
      { apply: { command: 'apply', assert: [assert] } },
    ]);
  });
});

describe('an assertion about a stack', () => {
  const of = { type: 'kubernetes_namespace_v1' };
  const conditions = (assertion: Partial<Assertion>) => {
    const { plan, apply, problems } = conditionsOf(smallStack, {
      list: [{ statement: 'S', of, ...assertion } as Assertion],
    });
    return {
      plan: plan.map(({ condition }) => condition),
      apply: apply.map(({ condition }) => condition),
      problems,
    };
  };
  const subject = 'kubernetes_namespace_v1.nats';

  it.each([
    ['a value', { a: is(true) }, `jsonencode(${subject}.a) == jsonencode(true)`],
    [
      'a value that the attribute must not have',
      { a: isNot(true) },
      `jsonencode(${subject}.a) != jsonencode(true)`,
    ],
    [
      'elements in any order',
      { a: elements(['b', 'a']) },
      `jsonencode(sort(${subject}.a)) == jsonencode(["a","b"])`,
    ],
    ['a minimum', { a: { atLeast: 1 } }, `coalesce(${subject}.a, 0) >= 1`],
    [
      'a value after Terraform applies a function such as `length` to the attribute',
      { 'length(a[0].b)': is(1) },
      `jsonencode(length(${subject}.a[0].b)) == jsonencode(1)`,
    ],
    [
      'a text with a template',
      { a: is(`\${x}%{y}`) },
      `jsonencode(${subject}.a) == jsonencode("$\${x}%%{y}")`,
    ],
  ])('compares an attribute with %s', (_what, attributes, condition) => {
    expect(conditions({ attributes }).plan).toEqual([`\${${condition}}`]);
  });

  it('checks a chart value in the `values` of a Helm release', () => {
    expect(conditions({ chartValues: { 'a.b': is(1) } }).plan).toEqual([
      `\${jsonencode(jsondecode(${subject}.values[0]).a.b) == jsonencode(1)}`,
    ]);
  });

  it('checks the attributes in `afterApply` only after the apply', () => {
    const { plan, apply } = conditions({ afterApply: { a: { sameAs: of, attribute: 'b[0].c' } } });
    expect([plan, apply]).toEqual([[], [`\${${subject}.a == ${subject}.b[0].c}`]]);
  });

  it('adds a problem if the number of matching resources is wrong', () => {
    const missing = { type: 'helm_release', where: { name: 'nats' } };
    expect(conditions({ of: missing }).problems).toEqual([
      'S: the stack has 0 resources helm_release with name nats, expected 1',
    ]);
    expect(conditions({ of: { ...of, count: 2 } }).problems).toHaveLength(1);
    expect(conditions({ of: { ...of, count: 'some' } }).problems).toEqual([]);
    expect(conditionsOf(smallStack, { list: [{ statement: 'S', none: of }] }).problems).toEqual([
      `S: ${subject} exists`,
    ]);
  });
});

describe('the assertions about a stack', () => {
  it.each(stacks.map((stack) => [stack.title, stack] as const))(
    'match the resources in the stack %s',
    (_title, { json, assertions }) => {
      const { plan, problems } = conditionsOf(json, assertions);
      expect(problems).toEqual([]);
      expect(plan.length).toBeGreaterThan(5);
    },
  );

  it('fail for a missing release, namespace, Secret or Service', () => {
    const stack = stacks.find(({ title }) => title === 'prod-monitoring');
    if (!stack) throw new Error('no stack prod-monitoring');
    const { json, assertions } = stack;
    const checked = [
      'helm_release',
      'kubernetes_namespace_v1',
      'kubernetes_secret_v1',
      'kubernetes_service_v1',
    ];
    for (const type of checked) {
      for (const name of Object.keys(json.resource[type] ?? {})) {
        const { [name]: _lost, ...others } = json.resource[type] ?? {};
        const damaged: StackJson = { ...json, resource: { ...json.resource, [type]: others } };
        expect(conditionsOf(damaged, assertions).problems, `${type}.${name}`).not.toEqual([]);
      }
    }
  });

  it('fail for an unexpected public address or load balancer', () => {
    const damage = (title: string, resource: StackJson['resource']) => {
      const stack = stacks.find((one) => one.title === title);
      if (!stack) throw new Error(`no stack ${title}`);
      const json = { ...stack.json, resource: { ...stack.json.resource, ...resource } };
      return conditionsOf(json, stack.assertions).problems;
    };
    expect(damage('prod-platform', { azurerm_public_ip: { new: { name: 'x' } } })).toEqual([
      'No resource is a public address: azurerm_public_ip.new exists',
    ]);
    const service = { new: { metadata: { name: 'x' }, spec: { type: 'LoadBalancer' } } };
    expect(damage('local-monitoring', { kubernetes_service_v1: service })).toEqual([
      'No Service has a load balancer, because the environment has no address for one: kubernetes_service_v1.new exists',
    ]);
  });

  it('require `prevent_destroy` for exactly the protected types', () => {
    const of = (title: string) => stacks.find((one) => one.title === title)?.assertions.protectedTypes;
    expect(of('prod-platform')).toContain('azurerm_key_vault');
    expect(of('dev-platform')).toEqual([]);
    expect(protectionProblems(['azurerm_key_vault.a'], ['azurerm_key_vault'])).toEqual([]);
    expect(protectionProblems([], ['azurerm_key_vault'])).toEqual([
      'Terraform refuses to destroy nothing, expected azurerm_key_vault (lifecycle.prevent_destroy)',
    ]);
    expect(protectionProblems(['azurerm_subnet.a'], [])).toHaveLength(1);
  });
});

describe('the reader of `terraform test` events', () => {
  it('separates `prevent_destroy` errors from other errors', () => {
    const reader = new EventReader();
    const diagnostic = (summary: string, detail: string) =>
      reader.read(JSON.stringify({ type: 'diagnostic', diagnostic: { severity: 'error', summary, detail } }));
    diagnostic(
      'Instance cannot be destroyed',
      'Resource azurerm_key_vault.a has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed.',
    );
    diagnostic('Invalid index', 'The collection has\nno elements.');
    reader.read('panic: not JSON');
    expect(reader.events.refused).toEqual(['azurerm_key_vault.a']);
    expect(reader.events.errors).toEqual([
      'Invalid index: The collection has no elements.',
      'panic: not JSON',
    ]);
  });
});

describe('the mocks of Azure', () => {
  it('contain a kubelet identity for each AKS cluster', () => {
    const platform = stacks.find(({ title }) => title === 'prod-platform')?.json;
    if (!platform) throw new Error('no stack prod-platform');
    const [name = ''] = Object.keys(platform.resource.azurerm_kubernetes_cluster ?? {});
    expect(computedBlocksOf(platform)).toEqual({
      resource: { azurerm_kubernetes_cluster: { [name]: { kubelet_identity: [{}] } } },
    });
    expect(computedBlocksOf(smallStack)).toEqual({});
  });

  it('include each Azure resource whose id another resource uses', () => {
    for (const { title, json } of stacks) {
      const { override_resource: mocked } = JSON.parse(testFileOf(json, { list: [] }).text);
      const targets: string[] = mocked.map(({ target }: { target: string }) => target);
      const read = JSON.stringify(json.resource).matchAll(
        /\$\{(azurerm_\w+\.[\w-]+)\.(?:id|principal_id)\}/g,
      );
      for (const [, address] of read) expect(targets, title).toContain(address);
    }
  });
});

describe('the configuration in a recorded plan', () => {
  it('lists each reference in an argument, such as `c.d.id`', () => {
    const json = { resource: { a: { b: { scope: `\${c.d.id}`, name: 'x' } } } };
    expect(configurationOf(json)).toEqual({
      root_module: { resources: [{ address: 'a.b', expressions: { scope: { references: ['c.d.id'] } } }] },
    });
  });
});
