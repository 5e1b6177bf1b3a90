import * as z from 'zod';
import type { Bounds } from '../controls/bounds.ts';

export const bounds = z.object({ min: z.number(), max: z.number() }) satisfies z.ZodType<Bounds>;
