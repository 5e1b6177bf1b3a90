import { InvalidArgumentError } from 'commander';
import * as z from 'zod';

const listSchema = z.array(z.string().regex(/^[a-z][a-z0-9-]*$/));

/** Parses a JSON list with names of environments. @throws InvalidArgumentError */
export function environmentList(text: string): readonly string[] {
  try {
    return listSchema.parse(JSON.parse(text));
  } catch {
    throw new InvalidArgumentError('Expected a JSON list of environments, such as ["dev"].');
  }
}
