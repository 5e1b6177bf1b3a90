import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { grafanaSettings } from '../../../demo/grafana/settings.ts';
import { azureSettings } from '../../../functions/adapters/azure-functions/register.ts';
import { jobSettings } from '../../../functions/adapters/job/run.ts';
import { listenSettings } from '../../../functions/adapters/node/serve.ts';
import { buildSettings } from '../../../functions/build.ts';
import type { Setting } from '../../../settings/read-settings.ts';
import { functions } from '../../../sources/index.ts';
import { toolchainSettings } from '../../../toolchain/settings.ts';
import type { Generated } from '../region.ts';
import { code, generatedNotice, table } from '../table.ts';
import { docCommentsOf } from './doc-comments.ts';
import { otherVariables, type Variable } from './variables.ts';

interface Program {
  readonly title: string;
  readonly text: string;
  readonly spec: Readonly<Record<string, Setting<unknown>>>;
  readonly file: string;
  readonly constant: string;
}

const root = join(import.meta.dirname, '../../..');
const port = functions.map(({ port, program }) => `${port} for ${program.name}`).join(', ');

const notes: Readonly<Record<string, string>> = {
  'usdt-exporter':
    'If `PUSHGATEWAY_URL` is set, the function has a task that pushes the rate. A timer or a job starts the task. Otherwise the function pushes nothing.',
  'batch-pusher': 'The API is described in [batch-pusher.openapi.json](batch-pusher.openapi.json).',
};

async function functionPrograms(): Promise<readonly Program[]> {
  return Promise.all(
    functions.map(async ({ program: { name, description } }) => {
      const files = ['settings.ts', 'function.ts'].map((file) => `functions/${name}/${file}`);
      const file = files.find((candidate) => existsSync(join(root, candidate))) as string;
      const module: Record<string, unknown> = await import(pathToFileURL(join(root, file)).href);
      const constant = Object.keys(module).find((key) => key.endsWith('Settings'));
      if (!constant)
        throw new Error(
          `${file} exports no constant with a name that ends with Settings. Export the settings of the function, for example as rateSettings.`,
        );
      const text = [`${description}.`, notes[name]].filter(Boolean).join(' ');
      return { title: name, text, spec: module[constant] as Program['spec'], file, constant };
    }),
  );
}

const otherPrograms: readonly Program[] = [
  {
    title: 'Host: server',
    text: `\`server.cjs\` runs a function as an HTTP server. The port of the function is ${port}.`,
    spec: listenSettings(0),
    file: 'functions/adapters/node/serve.ts',
    constant: 'listenSettings',
  },
  {
    title: 'Host: job',
    text: '`job.cjs` runs the task of a function once. Exit code 75: the task failed, and a later run can succeed. Exit code 78: a setting is wrong.',
    spec: jobSettings,
    file: 'functions/adapters/job/run.ts',
    constant: 'jobSettings',
  },
  {
    title: 'Host: Azure Functions',
    text: '`azure/azure.cjs` registers one HTTP trigger for all paths, and a timer if the function has a task.',
    spec: azureSettings,
    file: 'functions/adapters/azure-functions/register.ts',
    constant: 'azureSettings',
  },
  {
    title: 'Build',
    text: '`npm run build` makes the bundles.',
    spec: buildSettings,
    file: 'functions/build.ts',
    constant: 'buildSettings',
  },
  {
    title: 'Toolchain',
    text: '`npm start` and `npm run programs` obtain the programs of the laptop pipeline.',
    spec: toolchainSettings,
    file: 'toolchain/settings.ts',
    constant: 'toolchainSettings',
  },
  {
    title: 'Grafana',
    text: '`npm start` can write its dashboards to your own Grafana. The login is a token, or a user and a password.',
    spec: grafanaSettings,
    file: 'demo/grafana/settings.ts',
    constant: 'grafanaSettings',
  },
];

function variablesOf({ spec, file, constant }: Program): readonly Variable[] {
  const comments = docCommentsOf(file, constant).properties;
  return Object.entries(spec).map(([name, { schema, expected, secret }]) => {
    const comment = comments.get(name);
    const unset = z.safeParse(schema, undefined);
    const value = unset.success && unset.data !== undefined ? code(String(unset.data)) : undefined;
    return {
      name,
      expected: `${expected}${secret ? '; a secret' : ''}`,
      default: comment?.default ?? value ?? (unset.success ? 'not set' : 'required'),
      meaning: comment?.text ?? '',
    };
  });
}

function section(title: string, text: string, variables: readonly Variable[]): string {
  const rows = variables.map(({ name, expected, default: byDefault, meaning }) => [
    code(name),
    expected,
    byDefault,
    meaning,
  ]);
  return `## ${title}\n\n${text}\n\n${table(['variable', 'value', 'default', 'meaning'], rows)}`;
}

export const functionReference: Generated = {
  file: 'docs/reference/functions.md',
  text: async () =>
    `${[
      generatedNotice,
      `# Environment variables\n\nAn empty variable counts as not set. A function does not start if a variable has a wrong value. The message names each wrong variable, the expected value and the remedy.\n\nAWS Lambda needs no variable of its own: \`lambda.cjs\` reads only the variables of its function.`,
      ...[...(await functionPrograms()), ...otherPrograms].map((program) =>
        section(program.title, program.text, variablesOf(program)),
      ),
      ...otherVariables.map(({ title, text, variables }) => section(title, text, variables)),
    ].join('\n\n')}\n`,
};
