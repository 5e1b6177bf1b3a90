/** A self-contained file that the build makes: one function on one host. */
export interface Bundle {
  readonly function: { readonly folder: string; readonly export: string };
  readonly host: { readonly folder: string; readonly run: string };
  readonly file: string;
  /** Bytes that it may take, minified; the build fails beyond. */
  readonly budget: number;
}

const functions = [
  { folder: 'usdt-exporter', export: 'usdtExporter' },
  { folder: 'batch-pusher', export: 'batchPusher' },
] as const;

const hosts = [{ folder: 'node', run: 'serve', file: 'server.cjs', budget: 150_000 }] as const;

export const bundles: readonly Bundle[] = functions.flatMap((fn) =>
  hosts.map(({ folder, run, file, budget }) => ({
    function: fn,
    host: { folder, run },
    file: `${fn.folder}/${file}`,
    budget,
  })),
);
