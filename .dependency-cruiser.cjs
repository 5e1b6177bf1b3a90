/**
 * Rules of `npm run imports`. For each folder, the table `mayImport` lists the other folders that the folder may import.
 * For a package, such as `cdktf`, the table `confined` lists the folders and files that may import the package.
 */

/**
 * The keys are folders or files. The values are the other folders from which they may import. For a file in
 * `config/environments`, the entry `config/environments` applies, and the entry `config` does not apply.
 */
const mayImport = {
  config: [],
  metrics: ['config'],
  sources: ['config', 'metrics'],
  rules: ['config', 'metrics', 'sources'],
  dashboards: ['config', 'metrics', 'sources', 'rules'],
  settings: [],
  functions: ['settings', 'config/topology.ts', 'config/knobs.ts', 'metrics', 'sources'],
  modules: ['config', 'metrics', 'sources', 'rules', 'dashboards'],
  platforms: ['config', 'sources', 'rules', 'modules'],
  'config/environments': ['config', 'platforms'],
  stacks: ['config', 'sources', 'dashboards/adjusted.ts', 'modules', 'platforms'],
  'main.ts': ['config/environments', 'platforms', 'stacks'],
  toolchain: ['settings'],
  terraform: ['config/terraform.ts', 'settings'],
  bundling: ['toolchain'],
  verify: ['config', 'metrics', 'sources', 'rules', 'dashboards', 'platforms'],
  review: ['config', 'metrics', 'sources', 'rules', 'dashboards'],
  'review/drift': [
    'review',
    'config',
    'platforms',
    'verify',
    'settings',
    'synthesis',
    'terraform',
    'toolchain',
  ],
  synthesis: [],
  delivery: [
    'config',
    'platforms',
    'review',
    'settings',
    'synthesis',
    'terraform',
    'toolchain/error.ts',
    'toolchain/stop-request.ts',
    'verify/open-system.ts',
  ],
  console: ['config', 'metrics', 'sources', 'rules', 'dashboards', 'verify', 'bundling'],
  'console/cluster': [
    'console',
    'config',
    'metrics',
    'sources',
    'dashboards/adjusted.ts',
    'verify',
    'platforms',
    'bundling',
    'toolchain',
  ],
  // The front end shares only types and data with the server, because the front end runs in a browser.
  'console/web': [
    'console/controls',
    'console/alerting.ts',
    'console/controls.ts',
    'console/live.ts',
    'console/pipeline-text.ts',
    'console/topology.ts',
    'console/tour',
    'metrics/duration.ts',
    'metrics/queries.ts',
  ],
  demo: [
    'config',
    'metrics',
    'sources',
    'rules',
    'dashboards',
    'functions',
    'toolchain',
    'verify',
    'bundling',
    'settings',
    'console',
  ],
  drill: [
    'config',
    'metrics',
    'sources',
    'rules',
    'platforms',
    'verify',
    'console',
    'toolchain',
    'demo/faults/list.ts',
    'demo/faults/plan.ts',
  ],
  'delivery/supply-chain': [
    'config/charts.ts',
    'config/environments',
    'delivery/could-not-run.ts',
    'delivery/end-with.ts',
    'synthesis',
    'functions/build.ts',
    'functions/third-party-notices.ts',
    'review/secrets/patterns.ts',
    'toolchain',
  ],
  restore: [
    'config',
    'sources',
    'platforms',
    'verify',
    'console',
    'toolchain',
    'drill',
    'demo/data-folders.ts',
  ],
  examples: ['config', 'platforms'],
  scripts: ['.'],
  bench: ['.'],
};

/** For each package: the folders and files that may import it. */
const confined = {
  '(cdktf|constructs|@cdktf/[^/]+)': ['main.ts', 'modules', 'platforms', 'stacks', 'bench'],
  'prom-client': ['metrics/registry.ts', 'bench/functions/baselines', 'examples/application'],
  '@grafana/grafana-foundation-sdk': ['dashboards'],
  '@azure/functions': ['functions/adapters'],
  '(preact|@preact/signals|uplot|marked|@codemirror/[^/]+|@lezer/highlight|@prometheus-io/codemirror-promql)':
    ['console/web'],
};

const escaped = (path) => path.replaceAll('.', '\\.');
const within = (paths) =>
  `^(${paths.map((path) => `${escaped(path)}${/\.[cm]?ts$/.test(path) ? '$' : '/'}`).join('|')})`;

const folders = Object.entries(mayImport).filter(([, targets]) => !targets.includes('.'));
const innerFolders = (folder) => Object.keys(mayImport).filter((other) => other.startsWith(`${folder}/`));

module.exports = {
  forbidden: [
    ...folders.map(([folder, targets]) => ({
      name: `imports-of-${folder.replaceAll('/', '-').replace(/\.ts$/, '')}`,
      comment: `${folder} may import from ${targets.length > 0 ? targets.join(', ') : 'no other folder'}`,
      severity: 'error',
      from: {
        path: within([folder]),
        ...(innerFolders(folder).length > 0 && { pathNot: within(innerFolders(folder)) }),
      },
      to: {
        path: '^[^/]+',
        pathNot: [within([folder, ...targets]), '(^|/)node_modules/'],
        dependencyTypesNot: [
          'core',
          'npm',
          'npm-dev',
          'npm-optional',
          'npm-no-pkg',
          'npm-unknown',
          'unknown',
          'undetermined',
        ],
      },
    })),
    ...Object.entries(confined).map(([packages, importers]) => ({
      name: `package-${packages.replace(/[^a-z-]/g, '')}`,
      comment: `only ${importers.join(', ')} may import ${packages}`,
      severity: 'error',
      from: { pathNot: [within(importers), '^test/'] },
      to: { path: `(^|/)node_modules/${packages}/` },
    })),
    {
      name: 'no-provider-barrel',
      comment: 'name the resource: a barrel of a Terraform provider costs seconds and hundreds of megabytes',
      severity: 'error',
      from: {},
      to: { path: '(^|/)node_modules/@cdktf/provider-[a-z]+/lib/index\\.(js|d\\.ts)$' },
    },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      comment: 'the import names no file and no installed package',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(@azure/functions-core|aws-lambda|sarif)$' },
    },
  ],
  options: {
    parser: 'swc',
    preserveSymlinks: true,
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    // The .tsx files are excluded, because the parser does not read JSX. biome.json restricts the imports of these
    // files.
    exclude: { path: '^(dist|cdktf\\.out|test|coverage|\\.[^/]+)/|\\.tsx$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
};
