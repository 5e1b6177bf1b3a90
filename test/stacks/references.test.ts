import { describe, expect, it } from 'vitest';
import { committed, variants } from './environments.ts';
import { declaredIn, expressionsIn, referencesIn, textsIn } from './references.ts';
import { type Block, synthesize } from './synthesis.ts';

const stacks = [...(await synthesize(committed)).stacks, ...(await synthesize(variants)).stacks];

describe('Terraform expressions', () => {
  it('are found in a text unless they are escaped', () => {
    expect(expressionsIn(`a \${b.c} $\${d} \${e({f = g.h})}`)).toEqual(['b.c', 'e({f = g.h})']);
    expect(() => expressionsIn(`\${open`)).toThrow('unclosed');
  });

  it('can contain references in function calls and in quoted templates', () => {
    expect(referencesIn('base64decode(data.azurerm_kubernetes_cluster.c.kube_config[0].host)')).toEqual([
      'data.azurerm_kubernetes_cluster.c',
    ]);
    expect(referencesIn(`jsonencode({"a.b" = "\${var.x}-\${azurerm_subnet.n.id}"})`)).toEqual([
      'var.x',
      'azurerm_subnet.n',
    ]);
  });
});

describe.each(stacks)('the stack %s', (_name, stack) => {
  const declared = declaredIn(stack);

  it('contains no reference to a Terraform block that the stack lacks', () => {
    const references = textsIn(stack).flatMap(expressionsIn).flatMap(referencesIn);
    expect(references.filter((reference) => !declared.has(reference))).toEqual([]);
  });

  it('has depends_on entries only for Terraform blocks of this stack', () => {
    const blocks = [stack.resource, stack.data ?? {}]
      .flatMap((kind) => Object.values(kind))
      .flatMap((byName) => Object.values(byName));
    const dependencies = blocks.flatMap((block: Block) => (block.depends_on as string[] | undefined) ?? []);
    expect(dependencies.filter((dependency) => !declared.has(dependency))).toEqual([]);
  });

  it('uses only providers that it configures', () => {
    const configured = Object.entries(stack.provider).flatMap(([name, blocks]) =>
      blocks.map(({ alias }) => (alias === undefined ? name : `${name}.${alias}`)),
    );
    const used = [stack.resource, stack.data ?? {}].flatMap((kind) =>
      Object.entries(kind).flatMap(([type, byName]) =>
        Object.values(byName).map((block) => (block.provider as string | undefined) ?? type.split('_')[0]),
      ),
    );
    expect([...new Set(used)].filter((provider) => !configured.includes(provider as string))).toEqual([]);
  });
});
