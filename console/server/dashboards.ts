import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { dashboardUids } from '../../rules/index.ts';

/** Folder of the JSON files that Grafana imports, below the project's folder. */
export const dashboardsFolder = 'dashboards';

/** The fields that the list of dashboards shows. The files are generated, and a test checks the rest. */
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
  /** PromQL of the firing alerts that lead to the dashboard. */
  readonly alerts?: string;
  /** The first graph, as a preview. Its query still has the variables of Grafana. */
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
  readonly path: string;
}

/**
 * The generated dashboards, read from their files at the first request: the library that builds them takes longer to
 * load than the whole console.
 */
export class DashboardFiles {
  readonly #folder: string;
  #files: Promise<readonly DashboardFile[]> | undefined;

  /** @param folder of the JSON files that Grafana imports */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** In the order of the demo. @throws Error that names the file that is no dashboard */
  async list(): Promise<readonly DashboardHeader[]> {
    return (await this.#read()).map(({ path: _, ...header }) => header);
  }

  /** The JSON of a dashboard; undefined if no file has the uid. */
  async json(uid: string): Promise<string | undefined> {
    const found = (await this.#read()).find((one) => one.uid === uid);
    return found && readFile(found.path, 'utf8');
  }

  /** Every dashboard with its JSON. */
  async all(): Promise<readonly { readonly uid: string; readonly json: string }[]> {
    const files = await this.#read();
    return Promise.all(files.map(async ({ uid, path }) => ({ uid, json: await readFile(path, 'utf8') })));
  }

  #read(): Promise<readonly DashboardFile[]> {
    this.#files ??= readHeaders(this.#folder).catch((error: unknown) => {
      // The next request reads the files again.
      this.#files = undefined;
      throw error;
    });
    return this.#files;
  }
}

async function readHeaders(folder: string): Promise<readonly DashboardFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const parsed = file.safeParse(jsonOf(await readFile(path, 'utf8')));
      if (parsed.success) return { ...headerOf(parsed.data), path };
      throw new Error(
        `dashboards/${name} is not a dashboard: ${z.prettifyError(parsed.error)}. Write it again: npm run generate`,
      );
    }),
  );
  const order = (uid: string) => (dashboardUids as readonly string[]).indexOf(uid);
  return files.sort((one, two) => order(one.uid) - order(two.uid));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
