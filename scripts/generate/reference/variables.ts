/** An environment variable as a row of a table: described by hand in this file, or read from a schema. */
export interface Variable {
  readonly name: string;
  readonly expected: string;
  /** What the program does without the variable. */
  readonly default: string;
  readonly meaning: string;
}

interface Group {
  readonly title: string;
  readonly text: string;
  readonly variables: readonly Variable[];
}

const path = 'the path of a file';

export const otherVariables: readonly Group[] = [
  {
    title: 'Every function: proxy and CAs',
    text: 'The name of each proxy variable can also be in lower case, such as `https_proxy`. The variable in lower case takes precedence.',
    variables: [
      {
        name: 'HTTPS_PROXY',
        expected: 'the URL of an HTTP proxy',
        default: 'no proxy',
        meaning: 'Proxy of requests to `https://` addresses.',
      },
      {
        name: 'NO_PROXY',
        expected: 'hosts, separated by commas',
        default: 'no host',
        meaning: 'Hosts that the function connects to without the proxy.',
      },
      {
        name: 'NODE_EXTRA_CA_CERTS',
        expected: path,
        default: 'no additional CA',
        meaning: 'PEM certificates of CAs that Node trusts in addition to its own.',
      },
    ],
  },
  {
    title: 'The DAGs',
    text: 'The DAGs in `dags/` read these variables in Airflow.',
    variables: [
      {
        name: 'ETL_PERIOD_SECONDS',
        expected: 'seconds',
        default: '`3600`',
        meaning:
          'Time from one run to the next. The DAG runs at this interval, and reports it as the period of the job.',
      },
      {
        name: 'ETL_STAGING',
        expected: 'the path or URL of a folder that every worker reaches',
        default: 'a folder in the temporary folder',
        meaning: 'Folder for the files that one task of the DAG passes to the next task.',
      },
      {
        name: 'PUSHGATEWAY_URL',
        expected: 'a URL',
        default: '`http://127.0.0.1:9091`',
        meaning: 'The Pushgateway that receives the report.',
      },
      {
        name: 'PUSHGATEWAY_USERNAME',
        expected: 'a user name',
        default: 'no authentication',
        meaning: 'User of basic authentication.',
      },
      {
        name: 'PUSHGATEWAY_PASSWORD',
        expected: 'a password',
        default: 'empty',
        meaning: 'Password of `PUSHGATEWAY_USERNAME`.',
      },
      {
        name: 'PUSHGATEWAY_CA_FILE',
        expected: path,
        default: 'the CAs of the system',
        meaning: 'CA certificates for the Pushgateway.',
      },
      {
        name: 'PUSH_TIMEOUT_SECONDS',
        expected: 'seconds',
        default: '`5`',
        meaning: 'Time after which a push fails.',
      },
      {
        name: 'AIRFLOW_CONN_BATCH_PUSHER',
        expected: 'a connection of Airflow as a URI',
        default: 'required by `batch_pusher_dag`',
        meaning: 'URL and bearer token of the batch-pusher.',
      },
      {
        name: 'BATCH_PUSHER_CA_FILE',
        expected: path,
        default: 'the CAs of the system',
        meaning: 'CA certificates for the batch-pusher.',
      },
    ],
  },
  {
    title: 'The laptop pipeline and the toolchain',
    text: 'Downloads, builds and `npm start -- --live-rates` also use `HTTPS_PROXY`, `NO_PROXY` and `NODE_EXTRA_CA_CERTS`.',
    variables: [
      {
        name: 'HTTP_PROXY',
        expected: 'the URL of an HTTP proxy',
        default: 'no proxy',
        meaning: 'Proxy of requests to `http://` addresses.',
      },
      {
        name: 'NODE_USE_SYSTEM_CA',
        expected: '`1`',
        default: "Node's own CAs",
        meaning: 'With `--live-rates`: the USDT exporter trusts the CAs of the system.',
      },
      {
        name: 'XDG_CACHE_HOME',
        expected: 'an absolute path',
        default: '`~/.cache`, on macOS `~/Library/Caches`',
        meaning: 'Folder for the caches of all programs of the user. Used if `PROGRAMS_CACHE` is not set.',
      },
      {
        name: 'HOME',
        expected: 'an absolute path',
        default: 'the home folder of the user',
        meaning: 'Home folder, which contains the default cache folder. Used if `XDG_CACHE_HOME` is not set.',
      },
      {
        name: 'PATH',
        expected: 'folders',
        default: 'no program is found',
        meaning: 'Folders in which the toolchain looks for programs. A relative folder is ignored.',
      },
      {
        name: 'PORT_OFFSET',
        expected: 'a port offset',
        default: '`0`',
        meaning: 'Port offset of the console in a container of `compose.yaml`.',
      },
    ],
  },
  {
    title: 'Stacks',
    text: 'Terraform also reads a variable `TF_VAR_<name>` for each variable of a stack.',
    variables: [
      {
        name: 'CDKTF_OUTDIR',
        expected: 'the path of a folder',
        default: '`cdktf.out`',
        meaning: 'Folder in which `npm run synth` writes the stacks.',
      },
      {
        name: 'TF_PLUGIN_CACHE_DIR',
        expected: 'the path of a folder',
        default: '`cdktf.out/plugins`',
        meaning:
          'Folder in which `npm run validate` keeps the providers. `npm run test:plans` uses `cdktf.out/plans/plugins` by default.',
      },
    ],
  },
  {
    title: 'Tests',
    text: 'Nothing outside the tests reads these variables.',
    variables: [
      {
        name: 'TEST_RESULTS',
        expected: 'the path of a folder',
        default: 'no report',
        meaning: 'Folder into which each run of the tests writes its results as JSON.',
      },
      {
        name: 'PROPERTY_RUNS',
        expected: 'a whole number of cases from 1 to 1000000',
        default: '`50`',
        meaning: 'Cases of each property test.',
      },
      {
        name: 'GOLDENS',
        expected: '`write`',
        default: 'the goldens are compared',
        meaning: 'Writes the goldens of the stacks.',
      },
      {
        name: 'LIVE_PORT_OFFSET',
        expected: 'a port offset',
        default: '`20000`',
        meaning: 'Port offset of the pipeline that the live tests start.',
      },
      {
        name: 'ENGINE_PORT_OFFSET',
        expected: 'a port offset',
        default: '`23500`',
        meaning: 'Port offset of the pipeline that `npm run test:engine` starts.',
      },
      {
        name: 'BROWSER_PORT_OFFSET',
        expected: 'a port offset',
        default: '`12500`',
        meaning: 'Port offset of the pipeline that the browser tests start.',
      },
      {
        name: 'TOUR_PORT_OFFSET',
        expected: 'a port offset',
        default: '`16400`',
        meaning: 'Port offset of the pipeline that the browser tests of the Tour start.',
      },
      {
        name: 'BROWSER_PIPELINE',
        expected: 'the port offset of a running pipeline',
        default: 'the browser tests start a pipeline',
        meaning: 'Pipeline that the browser tests use.',
      },
      {
        name: 'CHROMIUM',
        expected: 'the path of Chromium',
        default: '`/usr/bin/chromium`',
        meaning: 'Browser of the browser tests.',
      },
      {
        name: 'CLUSTER_CONTEXT',
        expected: 'a context of the kubeconfig',
        default: 'required by `npm run test:cluster`',
        meaning: 'Cluster in which the tests create and delete namespaces.',
      },
      {
        name: 'USDT_EXPORTER_IMAGE',
        expected: 'the reference of an image',
        default: '`localhost/monitoring/usdt-exporter:1.0.0`',
        meaning: 'Image of the USDT exporter in `npm run test:cluster`.',
      },
      {
        name: 'BATCH_PUSHER_IMAGE',
        expected: 'the reference of an image',
        default: '`localhost/monitoring/batch-pusher:1.0.0`',
        meaning: 'Image of the batch-pusher in `npm run test:cluster`.',
      },
    ],
  },
  {
    title: 'Delivery',
    text: '`npm run ci:comment` and `npm run ci:drift-issue` read these variables. GitHub Actions sets all of them except the token.',
    variables: [
      {
        name: 'GITHUB_TOKEN',
        expected: 'the token of the job',
        default: 'required',
        meaning:
          'Token for the REST API of GitHub. The workflow must pass this token to the step that runs the command.',
      },
      {
        name: 'GITHUB_REPOSITORY',
        expected: '`owner/name`',
        default: 'required',
        meaning: 'Repository of the pull request and of the issues.',
      },
      {
        name: 'GITHUB_RUN_ID',
        expected: 'the number of the run',
        default: 'required',
        meaning: 'Run of the workflow to which a comment or an issue links.',
      },
      {
        name: 'GITHUB_API_URL',
        expected: 'the URL of the REST API',
        default: '`https://api.github.com`',
        meaning: 'REST API that the commands call.',
      },
      {
        name: 'GITHUB_SERVER_URL',
        expected: 'the URL of GitHub',
        default: '`https://github.com`',
        meaning: 'Server to whose pages a comment or an issue links.',
      },
      {
        name: 'GITHUB_EVENT_PATH',
        expected: 'the path of a JSON file',
        default: 'required by `npm run ci:comment`',
        meaning: 'Event of the pull request, with its number and its commit.',
      },
    ],
  },
];
