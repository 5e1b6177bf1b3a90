/** One function on one host, as a self-contained file. */
export interface Bundle {
  /** Below the build's folder. */
  readonly file: string;
  /** The program that is bundled. */
  readonly entry: string;
  /** Bytes that it may take, minified; the build fails beyond. */
  readonly budget: number;
  /** Files that the host wants beside it, as JSON. */
  readonly beside?: Readonly<Record<string, object>>;
}

/** Folder → its `FunctionDefinition`. A new function is one more line. */
const functions = {
  'usdt-exporter': 'usdtExporter',
  'batch-pusher': 'batchPusher',
} as const;

interface HostBundle {
  readonly file: string;
  readonly adapter: string;
  /** What the adapter offers, and how the program uses it. */
  readonly use: string;
  readonly program: (definition: string) => string;
  readonly budget: number;
  readonly beside?: Bundle['beside'];
}

const hosts: readonly HostBundle[] = [
  {
    file: 'server.cjs',
    adapter: 'node',
    use: 'serve',
    program: (definition) => `serve(${definition});`,
    budget: 205_000,
  },
  {
    file: 'azure/azure.cjs',
    adapter: 'azure-functions',
    use: 'register',
    program: (definition) => `register(${definition});`,
    budget: 275_000,
    beside: {
      'host.json': {
        version: '2.0',
        extensions: { http: { routePrefix: '' } },
        functionTimeout: '00:05:00',
      },
      'package.json': { private: true, main: 'azure.cjs' },
    },
  },
  {
    file: 'lambda.cjs',
    adapter: 'aws-lambda',
    use: 'createHandler',
    program: (definition) => `export const handler = createHandler(${definition});`,
    budget: 205_000,
  },
  {
    file: 'job.cjs',
    adapter: 'job',
    use: 'runJob',
    program: (definition) => `runJob(${definition});`,
    budget: 200_000,
  },
];

export const bundles: readonly Bundle[] = Object.entries(functions).flatMap(([folder, definition]) =>
  hosts.map(({ file, adapter, use, program, budget, beside }) => ({
    file: `${folder}/${file}`,
    entry: [
      `import { ${definition} } from './${folder}/index.ts';`,
      `import { ${use} } from './adapters/${adapter}/index.ts';`,
      program(definition),
    ].join('\n'),
    budget,
    ...(beside && { beside }),
  })),
);
