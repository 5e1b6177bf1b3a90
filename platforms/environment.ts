import { z } from 'zod';
import { type Environment, environmentSchemaFor, type PlatformValues } from '../config/environment.ts';
import type { TypedOverrides } from '../rules/overrides.ts';
import type { Platform } from './platform.ts';
import { platforms } from './registry.ts';

type Values = z.input<(typeof platforms)[number]['values']>;

type KindSchema = z.ZodObject<{ kind: z.ZodLiteral<string> }>;

const all: readonly Platform<PlatformValues>[] = platforms;
const schemas = all.map(({ values }) => values) as unknown as readonly [KindSchema, ...KindSchema[]];

export const environmentSchema = environmentSchemaFor(
  z.discriminatedUnion('kind', schemas) as unknown as z.ZodType<PlatformValues, Values>,
);

type Unchecked = z.input<typeof environmentSchema>;

/** The content of an environment file before the checks. */
export type EnvironmentValues = Omit<Unchecked, 'alerting'> & {
  readonly alerting: Omit<Unchecked['alerting'], 'overrides'> & { readonly overrides?: TypedOverrides };
};

/** @throws Error for an unknown kind, which the schema already rejects */
export function platformOf({ platform }: Pick<Environment, 'platform'>): Platform<PlatformValues> {
  const found = all.find(({ kind }) => kind === platform.kind);
  if (!found)
    throw new Error(`no platform has the kind ${platform.kind}; add a platform to platforms/registry.ts`);
  return found;
}
