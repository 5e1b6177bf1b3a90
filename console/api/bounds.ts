import * as z from 'zod';
import type { Bounds } from '../controls/bounds.ts';

/** Lowest and highest value that a control accepts. */
export const bounds = z.object({ min: z.number(), max: z.number() }) satisfies z.ZodType<Bounds>;
