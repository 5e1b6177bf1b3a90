import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { CouldNotRun } from '../../could-not-run.ts';
import type { Advisory, Ecosystem } from './advisory.ts';

/** The fields of an OSV entry that the audit reads (https://ossf.github.io/osv-schema/). */
const osvSchema = z.object({
  id: z.string(),
  aliases: z.array(z.string()).optional(),
  summary: z.string().optional(),
  withdrawn: z.string().optional(),
  database_specific: z.object({ severity: z.string().optional() }).nullish(),
  affected: z
    .array(
      z.object({
        package: z.object({ ecosystem: z.string(), name: z.string() }).optional(),
        ranges: z
          .array(z.object({ type: z.string(), events: z.array(z.record(z.string(), z.string())) }))
          .optional(),
        versions: z.array(z.string()).optional(),
      }),
    )
    .optional(),
});

/** An entry of GitHub's `GET /advisories`. The audit reads only these fields. */
const githubSchema = z.object({
  ghsa_id: z.string(),
  cve_id: z.string().nullish(),
  summary: z.string(),
  severity: z.string(),
  html_url: z.string(),
  withdrawn_at: z.string().nullish(),
  vulnerabilities: z
    .array(
      z.object({
        package: z.object({ ecosystem: z.string(), name: z.string() }),
        vulnerable_version_range: z.string().nullish(),
      }),
    )
    .nullable(),
});

const ecosystems: Readonly<Record<string, Ecosystem>> = { npm: 'npm', Go: 'Go', go: 'Go' };

/**
 * `path` is a file or a folder. Withdrawn advisories are left out.
 * @throws CouldNotRun
 */
export function readAdvisories(path: string): readonly Advisory[] {
  const files = jsonFiles(path);
  if (files.length === 0) {
    throw new CouldNotRun(`${path}: expected files with the extension .json, found none. ${remedy}`);
  }
  return files.flatMap((file) => entriesOf(file).flatMap((entry, index) => advisoriesOf(file, index, entry)));
}

const remedy =
  "Name an export of OSV (https://osv-vulnerabilities.storage.googleapis.com/npm/all.zip, unpacked) or of GitHub (gh api --paginate '/advisories?ecosystem=npm').";

function jsonFiles(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.json'))
      .map((file) => join(path, file));
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): CouldNotRun {
  const { code } = error as NodeJS.ErrnoException;
  return new CouldNotRun(`${path}: the advisories cannot be read (${code}). ${remedy}`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

function entriesOf(file: string): readonly unknown[] {
  const text = textOf(file);
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.flat() : [value];
  } catch (error) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    try {
      if (lines.length > 1) return lines.map((line) => JSON.parse(line) as unknown);
    } catch {
      // The file is neither JSON nor JSON Lines. The statement after this block reports the error.
    }
    throw new CouldNotRun(`${file}: the file is not JSON: ${(error as Error).message}. ${remedy}`);
  }
}

function advisoriesOf(file: string, index: number, entry: unknown): readonly Advisory[] {
  const osv = osvSchema.safeParse(entry);
  if (osv.success && osv.data.affected !== undefined) return ofOsv(osv.data);
  if (osv.success && osv.data.withdrawn !== undefined) return [];
  const github = githubSchema.safeParse(entry);
  if (github.success) return ofGithub(github.data);
  throw new CouldNotRun(
    `${file}: entry ${index + 1} is no advisory in the format of OSV or of GitHub. ${remedy}`,
  );
}

function ofOsv({
  id,
  aliases = [],
  summary,
  withdrawn,
  database_specific,
  affected = [],
}: z.infer<typeof osvSchema>) {
  if (withdrawn !== undefined) return [];
  return affected.flatMap(({ package: found, ranges = [], versions = [] }): readonly Advisory[] => {
    const ecosystem = ecosystems[found?.ecosystem ?? ''];
    if (!found || !ecosystem) return [];
    return [
      {
        id,
        aliases,
        ecosystem,
        package: found.name,
        ranges: ranges.filter(({ type }) => type !== 'GIT').flatMap(({ events }) => rangesOf(events)),
        versions,
        severity: database_specific?.severity?.toLowerCase() ?? 'unknown',
        title: summary ?? id,
        url: `https://osv.dev/vulnerability/${id}`,
      },
    ];
  });
}

/** Returns npm ranges, such as `>=1.0.0 <1.2.0`. The OSV events must be sorted by version. */
function rangesOf(events: readonly Readonly<Record<string, string>>[]): readonly string[] {
  const ranges: string[] = [];
  for (const { introduced, fixed, last_affected } of events) {
    if (introduced !== undefined) ranges.push(`>=${introduced === '0' ? '0.0.0-0' : introduced}`);
    const end =
      fixed !== undefined ? `<${fixed}` : last_affected !== undefined ? `<=${last_affected}` : undefined;
    const open = ranges.at(-1);
    if (end !== undefined && open !== undefined && !open.includes('<'))
      ranges[ranges.length - 1] = `${open} ${end}`;
  }
  return ranges;
}

function ofGithub({
  ghsa_id,
  cve_id,
  summary,
  severity,
  html_url,
  withdrawn_at,
  vulnerabilities,
}: z.infer<typeof githubSchema>) {
  if (withdrawn_at) return [];
  return (vulnerabilities ?? []).flatMap(
    ({ package: found, vulnerable_version_range: range }): readonly Advisory[] => {
      const ecosystem = ecosystems[found.ecosystem];
      if (!ecosystem) return [];
      return [
        {
          id: ghsa_id,
          aliases: cve_id ? [cve_id] : [],
          ecosystem,
          package: found.name,
          ranges: [range ? range.replaceAll(',', ' ') : '>=0.0.0-0'],
          versions: [],
          severity: severity.toLowerCase(),
          title: summary,
          url: html_url,
        },
      ];
    },
  );
}
