import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { committed, variants } from './environments.ts';
import { textsIn } from './references.ts';
import { type Block, type StackJson, synthesize } from './synthesis.ts';

const { stacks, texts } = merge(await synthesize(committed), await synthesize(variants));
const all = [...stacks];

const secretArgument = /(^|_)(password|secret|token|api_key|access_key|private_key|connection_string)(_wo)?$/;

describe.each(all)('the stack %s', (name, stack) => {
  it('has no secret as a literal text', () => {
    const literals = argumentsOf(stack)
      .filter(
        ({ key, value }) => secretArgument.test(key) && typeof value === 'string' && !value.startsWith('${'),
      )
      .map(({ path, value }) => `${path} = ${value}`);
    expect(literals).toEqual([]);
  });

  it('reads external secrets from sensitive, ephemeral variables without a default', () => {
    for (const [variable, block] of Object.entries(stack.variable ?? {})) {
      expect(block, variable).toMatchObject({ sensitive: true, ephemeral: true });
      expect(block, variable).not.toHaveProperty('default');
    }
  });

  it('writes Secrets only with write-only arguments', () => {
    for (const block of Object.values(stack.resource.kubernetes_secret_v1 ?? {})) {
      expect(Object.keys(block)).not.toContain('data');
      expect(block).toHaveProperty('data_wo');
    }
    for (const block of Object.values(stack.resource.azurerm_key_vault_secret ?? {})) {
      expect(Object.keys(block)).not.toContain('value');
      expect(block).toHaveProperty('value_wo');
    }
    const release = Object.values(stack.resource.helm_release ?? {});
    expect(release.filter((block) => 'set_sensitive' in block || 'set' in block)).toEqual([]);
  });

  it('contains no private key and no kubeconfig', () => {
    const text = texts.get(name) ?? '';
    expect(text).not.toMatch(/BEGIN [A-Z ]*PRIVATE KEY/);
    expect(text).not.toMatch(/kube_config_raw|kube_admin_config|client_key|client_certificate"/);
  });

  it('has no Terraform output with a kubeconfig, a password or a secret', () => {
    const outputs = JSON.stringify(stack.output ?? {});
    expect(outputs).not.toMatch(/kube_config|password|secret/);
  });

  it('reads no credentials from the Terraform attribute kube_config of a cluster', () => {
    const read = textsIn(stack).flatMap((text) =>
      [...text.matchAll(/kube_config\[0\]\.(\w+)/g)].map(([, key]) => key),
    );
    expect([...new Set(read)].filter((key) => key !== 'host' && key !== 'cluster_ca_certificate')).toEqual(
      [],
    );
  });

  it('runs no image with the tag latest', () => {
    expect(texts.get(name)).not.toMatch(/:latest\b|\btag\W+latest\b/);
  });

  it('contains no path in the project folder, home folder or temporary folder', () => {
    const root = join(import.meta.dirname, '..', '..');
    for (const path of [root, homedir(), tmpdir()]) {
      expect(texts.get(name)?.includes(`${path}/`), path).toBe(false);
    }
  });
});

it('the tested stacks have variables for external secrets', () => {
  expect(all.flatMap(([, stack]) => Object.keys(stack.variable ?? {})).length).toBeGreaterThan(3);
});

it('the tested stacks contain Azure Key Vault secrets and Kubernetes Secrets', () => {
  const written = all.flatMap(([, stack]) => Object.keys(stack.resource.kubernetes_secret_v1 ?? {}));
  expect(written.length).toBeGreaterThan(3);
  expect(all.some(([, stack]) => stack.resource.azurerm_key_vault_secret)).toBe(true);
});

function argumentsOf(stack: StackJson): { key: string; value: unknown; path: string }[] {
  const walk = (node: unknown, path: string): { key: string; value: unknown; path: string }[] => {
    if (typeof node === 'string' && node.startsWith('{"')) return walk(JSON.parse(node), path);
    if (Array.isArray(node)) return node.flatMap((inner, index) => walk(inner, `${path}.${index}`));
    if (node === null || typeof node !== 'object') return [];
    return Object.entries(node).flatMap(([key, value]) => [
      { key, value, path: `${path}.${key}` },
      ...walk(value, `${path}.${key}`),
    ]);
  };
  return walk(
    { provider: stack.provider, resource: stack.resource, data: stack.data as unknown as Block },
    '',
  );
}

function merge(...parts: Awaited<ReturnType<typeof synthesize>>[]) {
  return {
    stacks: new Map(parts.flatMap((part) => [...part.stacks])),
    texts: new Map(parts.flatMap((part) => [...part.texts])),
  };
}
