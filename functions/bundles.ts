import { functions } from '../sources/sources.ts';

/** A function in one file, for one kind of host, such as AWS Lambda. The file needs no `node_modules`. */
export interface Bundle {
  readonly file: string;
  /** TypeScript code of the entry module. */
  readonly entry: string;
  /** Maximum bytes. A larger bundle fails the build. */
  readonly budget: number;
  /** JSON files next to the bundle. The keys are file names. */
  readonly extraFiles?: Readonly<Record<string, object>>;
}

/** Name of the constant in `function.ts`: `batchPusher` for the folder `batch-pusher`. */
const definitionOf = (folder: string) =>
  folder.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

interface HostBundle {
  readonly file: string;
  readonly adapter: string;
  readonly use: string;
  readonly program: (definition: string) => string;
  readonly budget: number;
  readonly extraFiles?: Bundle['extraFiles'];
}

const hosts: readonly HostBundle[] = [
  {
    file: 'server.cjs',
    adapter: 'node',
    use: 'serve',
    program: (definition) => `serve(${definition});`,
    // 16 kB of this budget are for the package @hono/node-server (docs/adr/node-adapter.md).
    budget: 225_000,
  },
  {
    file: 'azure/azure.cjs',
    adapter: 'azure-functions',
    use: 'register',
    program: (definition) => `register(${definition});`,
    budget: 275_000,
    extraFiles: {
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

export const bundles: readonly Bundle[] = functions.flatMap(({ program: { name } }) => {
  const definition = definitionOf(name);
  return hosts.map(({ file, adapter, use, program, budget, extraFiles }) => ({
    file: `${name}/${file}`,
    entry: [
      `import { ${definition} } from './${name}/function.ts';`,
      `import { ${use} } from './adapters/${adapter}/index.ts';`,
      program(definition),
    ].join('\n'),
    budget,
    ...(extraFiles && { extraFiles }),
  }));
});
