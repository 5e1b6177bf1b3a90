import { z } from 'zod';
import { chartSource, registryPath, serverUrl, webUrl } from './addresses.ts';
import { alertOverrides } from './alert-overrides.ts';
import { functionAppName, resourceGroupName, storageAccountName } from './azure-fields.ts';
import { azureMonitorEngine, prometheusEngine, thanosEngine } from './central-fields.ts';
import { chartRuleSwitches } from './chart-rules.ts';
import { drift } from './drift-fields.ts';
import { edge, nats } from './edge-fields.ts';
import { extraValues } from './extra-values.ts';
import { bytes, dnsLabel, dnsName, guid, imageTag, ipv4, labelValue, period } from './fields.ts';
import { receiver } from './receiver-fields.ts';

/** `platforms/<kind>/values.ts` declares the other fields of a platform block. */
export interface PlatformValues {
  readonly kind: string;
}

const batch = z.strictObject({
  /** Time between two runs of the batch. The alerts on a missing run use this time. */
  every: period,
});

const functionsInCluster = batch.extend({
  host: z.literal('cluster'),
  /**
   * Namespaces whose pods may call the batch-pusher, in addition to Prometheus and Airflow.
   * @default none
   */
  callers: z.array(dnsLabel).exactOptional(),
});

const functionsOnAzure = batch.extend({
  host: z.literal('azure'),
  /** Name of the function app with the batch-pusher. */
  app: functionAppName,
  /** Name of the storage account of this app. */
  storageAccount: storageAccountName,
  /** Major version of Node.js on Flex Consumption. The Terraform provider does not check the version. */
  nodeVersion: z.enum(['20', '22', '24']),
  /** Memory of each instance of the function apps. */
  instanceMemoryMb: z.union([z.literal(512), z.literal(2048), z.literal(4096)], {
    message: 'expected 512, 2048 or 4096: Flex Consumption has only these instance sizes',
  }),
  /** Maximum number of instances of each function app. */
  maximumInstances: z.int().min(40).max(1000),
  /** Number of instances of each function app that always run, even if no requests arrive. */
  alwaysReady: z.int().min(0).max(20),
});

/** Schema of an environment with the given platform block. */
export const environmentSchemaFor = <P extends z.ZodType<PlatformValues>>(platform: P) =>
  z.strictObject({
    /** Prefix of the name of every stack. */
    name: z.string().regex(/^[a-z][a-z0-9]{1,11}$/, {
      message: 'expected 2 to 12 lower-case letters and digits, starting with a letter',
    }),
    /** Whether the environment is for production. A production environment must pass additional checks. */
    production: z.boolean(),
    platform,
    state: z.discriminatedUnion('kind', [
      /** Terraform keeps the state of each stack in a blob container on Azure. */
      z.strictObject({
        kind: z.literal('azurerm'),
        /** ID of the Azure subscription that contains the storage account with the Terraform states. */
        subscriptionId: guid,
        /** Resource group of the storage account. */
        resourceGroup: resourceGroupName,
        /** Name of the storage account that contains the Terraform states. */
        storageAccount: storageAccountName,
        /** Blob container with the states of this environment. */
        container: dnsLabel,
      }),
      /** Terraform keeps the state of each stack in a file on the machine that runs Terraform. */
      z.strictObject({ kind: z.literal('local') }),
    ]),
    /**
     * StorageClass of the volumes.
     * @default the cluster's default StorageClass
     */
    storageClass: labelValue.exactOptional(),
    charts: z.strictObject({
      /** Source that replaces every public chart repository: `oci://…`, `https://…`, or a folder with charts. */
      mirror: chartSource.exactOptional(),
      /** Additional chart values, by release name. Extra values cannot replace values of the platform. */
      extraValues: extraValues.exactOptional(),
    }),
    images: z.strictObject({
      /** Registry of this project's images. Not set on Azure, because the platform stack creates a registry. */
      registry: registryPath.exactOptional(),
      /** Tag of the images of this project. */
      tag: imageTag,
      /** Whether `registry` needs a login. Terraform variables: `registry_username`, `registry_password`. */
      pullSecret: z.boolean().exactOptional(),
      /** Registry that replaces every public image registry. */
      mirror: registryPath.exactOptional(),
    }),
    /** Settings of cert-manager, which issues all TLS certificates. */
    certificates: z.strictObject({
      /** Whether the stack installs cert-manager. Set false if the cluster already has cert-manager. */
      install: z.boolean(),
      /**
       * cert-manager issuer of all certificates.
       * @default the platform's own CA
       */
      issuer: z
        .strictObject({
          /** Name of the cert-manager issuer. The issuer must already exist. */
          name: dnsLabel,
          /** Kind of the issuer. */
          kind: z.enum(['ClusterIssuer', 'Issuer']),
        })
        .exactOptional(),
    }),
    central: z.discriminatedUnion('engine', [
      /** One Prometheus server receives and stores all samples, and evaluates the rules. */
      prometheusEngine,
      /** Thanos receives samples and evaluates rules. `platform.objectStorage` adds an object store. */
      thanosEngine,
      /** Prometheus evaluates rules and answers Grafana. An Azure Monitor workspace stores a copy of the samples. */
      azureMonitorEngine,
    ]),
    alerting: z.strictObject({
      receivers: z.array(receiver),
      /** Size of the volume of Alertmanager. Without a volume, silences are deleted with the pod. */
      volume: bytes.exactOptional(),
      /**
       * URL of the published folder `docs/runbooks/`, to which alerts link.
       * @default a path without a host
       */
      runbooks: webUrl.exactOptional(),
      /**
       * Changes to alerts, by alert name (docs/alerts.md).
       * @default every alert runs as declared in `rules/`
       */
      overrides: alertOverrides.exactOptional(),
      /**
       * Default rules of kube-prometheus-stack that do not run, each with a reason.
       * @default all rules run
       */
      chartRules: chartRuleSwitches.exactOptional(),
    }),
    grafana: z.strictObject({
      /** Size of Grafana's volume. Without a volume, changes by users are deleted with the pod. */
      volume: bytes.exactOptional(),
      /** Ingress of Grafana. Without an ingress, users need a port-forward. */
      ingress: z
        .strictObject({
          /** Host name under which users reach Grafana. */
          host: dnsName,
          /** Name of the IngressClass of the ingress controller. */
          className: dnsLabel,
          /** Name of the Secret with the certificate and the key for `host`. */
          tlsSecret: dnsLabel,
        })
        .exactOptional(),
    }),
    pushgateway: z.strictObject({
      /** Size of the volume on which the Pushgateway keeps the pushed groups. */
      volume: bytes,
      /** Fixed load balancer address in `network.loadBalancers`. Functions on Azure push to the address. */
      ip: ipv4.exactOptional(),
    }),
    nats: nats.extend({
      /**
       * Namespaces whose pods may connect to NATS.
       * @default only NATS' own namespace
       */
      clients: z.array(dnsLabel).exactOptional(),
    }),
    usdtExporter: z.discriminatedUnion('host', [
      /** The USDT exporter runs as a Deployment in the central cluster. Prometheus scrapes the USDT exporter. */
      z.strictObject({
        host: z.literal('cluster'),
        /**
         * URL of the API that the USDT exporter calls.
         * @default Binance P2P
         */
        upstreamUrl: serverUrl.exactOptional(),
      }),
      /** A function app on Azure pushes the exchange rate of USDT. Prometheus does not scrape the app. */
      z.strictObject({
        host: z.literal('azure'),
        /** Name of the function app with the USDT exporter. */
        app: functionAppName,
        /** Storage account for this app only, because the app can change all data in the account. */
        storageAccount: storageAccountName,
      }),
    ]),
    /** Airflow with the DAG of the demo. Without Airflow, a CronJob or an Azure timer runs the batch. */
    airflow: z
      .strictObject({
        /** Host of a PostgreSQL server. Terraform variable of the password: `airflow_database_password`. */
        databaseHost: dnsName,
        /** Name of the database on this server. */
        databaseName: labelValue,
        /** User of the database. */
        databaseUser: labelValue,
      })
      .exactOptional(),
    functions: z.discriminatedUnion('host', [
      /** The batch-pusher runs as a Deployment in the central cluster. */
      functionsInCluster,
      /** The batch-pusher runs as a function app on Azure. */
      functionsOnAzure,
    ]),
    edges: z.array(edge),
    /**
     * Objects that `npm run drill` may change.
     * @default none: the drill refuses the environment
     */
    drill: z
      .strictObject({
        /** Namespaces in which the drill may change objects. The drill undoes its changes before it ends. */
        namespaces: z.array(dnsLabel).min(1),
      })
      .exactOptional(),
    /** Settings of `npm run drift`. */
    drift: drift.exactOptional(),
  });

type Checked = z.infer<ReturnType<typeof environmentSchemaFor<z.ZodType<PlatformValues>>>>;

/** Code outside `platforms/` reads only `platform.kind` and whether `platform.objectStorage` is set. */
export type Environment<P extends PlatformValues = PlatformValues> = Omit<Checked, 'platform'> & {
  readonly platform: P;
};
export type Edge = Environment['edges'][number];
export type EdgeCluster = NonNullable<Edge['cluster']>;
export type AlertReceiver = Environment['alerting']['receivers'][number];
