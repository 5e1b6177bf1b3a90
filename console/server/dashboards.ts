import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { type DashboardUid, dashboardUids } from '../../rules/index.ts';

export { dashboardUidsFor } from '../../rules/index.ts';

/** Folder of the dashboards, relative to the project folder. */
export const dashboardsFolder = 'dashboards';

const file = z.object({
  uid: z.string(),
  title: z.string(),
  description: z.string(),
  annotations: z.object({ list: z.array(z.object({ expr: z.string() })) }),
  panels: z.array(
    z.object({
      type: z.string(),
      title: z.string(),
      targets: z.array(z.object({ expr: z.string() })).optional(),
    }),
  ),
});

export interface DashboardHeader {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly alerts?: string;
  /** Title and query of the first graph in the dashboard. The query can contain variables of Grafana. */
  readonly preview?: { readonly title: string; readonly expr: string };
}

function headerOf({ uid, title, description, annotations, panels }: z.infer<typeof file>): DashboardHeader {
  const alerts = annotations.list[0]?.expr;
  const graph = panels.find(({ type }) => type === 'timeseries');
  const expr = graph?.targets?.[0]?.expr;
  return {
    uid,
    title,
    description,
    ...(alerts !== undefined && { alerts }),
    ...(graph && expr !== undefined && { preview: { title: graph.title, expr } }),
  };
}

interface DashboardFile extends DashboardHeader {
  readonly read: () => Promise<string>;
}

/** Returns JSON texts that replace dashboard files. Keys are file names, such as `nats-dashboard.json`. */
export type DashboardTexts = () => Promise<Readonly<Record<string, string>> | undefined>;

/** Reads generated files, because the library that builds dashboards loads slowly. */
export class DashboardFiles {
  readonly #folder: string;
  readonly #uids: readonly DashboardUid[];
  readonly #texts: DashboardTexts | undefined;
  #files: Promise<readonly DashboardFile[]> | undefined;

  /** @param uids the dashboards that `list` returns, in this order */
  constructor(folder: string, uids: readonly DashboardUid[] = dashboardUids, texts?: DashboardTexts) {
    this.#folder = folder;
    this.#uids = uids;
    this.#texts = texts;
  }

  /** @throws Error with the name of a file that is not a dashboard */
  async list(): Promise<readonly DashboardHeader[]> {
    return (await this.#read()).map(({ read: _, ...header }) => header);
  }

  /** Undefined for an unknown uid. */
  async json(uid: string): Promise<string | undefined> {
    const found = (await this.#read()).find((one) => one.uid === uid);
    return found?.read();
  }

  async all(): Promise<readonly { readonly uid: string; readonly json: string }[]> {
    const files = await this.#read();
    return Promise.all(files.map(async ({ uid, read }) => ({ uid, json: await read() })));
  }

  #read(): Promise<readonly DashboardFile[]> {
    this.#files ??= readHeaders(this.#folder, this.#uids, this.#texts).catch((error: unknown) => {
      this.#files = undefined;
      throw error;
    });
    return this.#files;
  }
}

async function readHeaders(
  folder: string,
  uids: readonly DashboardUid[],
  texts?: DashboardTexts,
): Promise<readonly DashboardFile[]> {
  const replaced = (await texts?.()) ?? {};
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const files = await Promise.all(
    names.map(async (name) => {
      const text = replaced[name];
      const read = async () => text ?? readFile(join(folder, name), 'utf8');
      const parsed = file.safeParse(jsonOf(await read()));
      if (parsed.success) return { ...headerOf(parsed.data), read };
      throw new Error(
        `${join(folder, name)} is not a dashboard: ${z.prettifyError(parsed.error)}. Run npm run generate to write this file again.`,
      );
    }),
  );
  const order = (uid: string) => (uids as readonly string[]).indexOf(uid);
  return files.filter(({ uid }) => order(uid) >= 0).sort((one, two) => order(one.uid) - order(two.uid));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
