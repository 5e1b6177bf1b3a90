import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DriftError } from './drift-error.ts';

export interface DeclaredRelease {
  readonly stack: string;
  readonly name: string;
  readonly namespace: string;
  /** Alias of the Terraform provider. Undefined for the central cluster. */
  readonly alias?: string;
}

/** A Secret whose values Terraform does not store in its state. */
export interface DeclaredSecret extends DeclaredRelease {
  readonly address: string;
  readonly keys: readonly string[];
}

const provider = z.string().default('');
const names = z.object({ name: z.string(), namespace: z.string().default('default') });
const record = <T extends z.ZodType>(value: T) => z.record(z.string(), value).default({});

const lifecycled = z.object({
  lifecycle: z
    .object({ ignore_changes: z.union([z.array(z.string()), z.literal('all')]).default([]) })
    .default({ ignore_changes: [] }),
});

const stackSchema = z.object({
  resource: z
    .object({
      helm_release: record(names.extend({ provider })),
      kubernetes_secret_v1: record(
        z.object({
          metadata: names,
          provider,
          data_wo: record(z.unknown()),
          binary_data_wo: record(z.unknown()),
        }),
      ),
    })
    .default({ helm_release: {}, kubernetes_secret_v1: {} }),
});
const resourcesSchema = z.object({ resource: record(record(lifecycled)) });

/** Paths in `ignore_changes` of each resource address. The path `*` stands for `ignore_changes = all`. */
export type AcceptedChanges = ReadonlyMap<string, readonly string[]>;

export interface Declared {
  readonly releases: readonly DeclaredRelease[];
  readonly secrets: readonly DeclaredSecret[];
}

export interface DeclaredStack extends Declared {
  readonly accepted: AcceptedChanges;
}

/**
 * Reads `cdk.tf.json` of a stack.
 * @throws DriftError if a field has the wrong type
 */
export function declaredIn(stack: string, file: string): DeclaredStack {
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const read = <T>(schema: z.ZodType<T>): T => {
    const { data, error } = schema.safeParse(json);
    if (data !== undefined) return data;
    throw new DriftError(
      `${file}: the field ${error?.issues[0]?.path.join('.')} has the wrong type. This command synthesized the stack and wrote the file. Correct the code that declares the field, in stacks/, modules/ or platforms/.`,
    );
  };
  const { helm_release: releases, kubernetes_secret_v1: secrets } = read(stackSchema).resource;
  return {
    accepted: acceptedIn(read(resourcesSchema)),
    releases: Object.values(releases).map(({ provider: of, name, namespace }) => ({
      ...{ stack, name, namespace },
      ...aliasOf(of),
    })),
    secrets: Object.entries(secrets).map(([id, { metadata, provider: of, ...values }]) => ({
      ...{ stack, ...metadata },
      ...aliasOf(of),
      address: `kubernetes_secret_v1.${id}`,
      keys: [...Object.keys(values.data_wo), ...Object.keys(values.binary_data_wo)],
    })),
  };
}

/** `kubernetes.context-other` is the provider with the alias `context-other`. */
function aliasOf(text: string): { readonly alias?: string } {
  const alias = text.split('.')[1];
  return alias === undefined ? {} : { alias };
}

function acceptedIn({ resource }: z.infer<typeof resourcesSchema>): AcceptedChanges {
  const found = Object.entries(resource).flatMap(([type, resources]) =>
    Object.entries(resources).map(([id, { lifecycle }]) => {
      const paths = lifecycle.ignore_changes === 'all' ? ['*'] : lifecycle.ignore_changes;
      return [`${type}.${id}`, paths] as const;
    }),
  );
  return new Map(found.filter(([, paths]) => paths.length > 0));
}
