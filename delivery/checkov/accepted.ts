/** A check of Checkov whose findings the project accepts. */
export interface AcceptedCheck {
  readonly check: string;
  readonly name: string;
  /** Stacks in which the project accepts the findings. @default every stack */
  readonly stacks?: readonly string[];
  readonly reason: string;
}

const onlyDev = ['dev-platform'];
const premium =
  'The registry of dev has the SKU Basic, which does not offer the feature that this check requires. The registry of prod passes the check.';

export const acceptedChecks: readonly AcceptedCheck[] = [
  {
    check: 'CKV2_AZURE_1',
    name: 'Ensure storage for critical data are encrypted with Customer Managed Key',
    reason:
      'Azure encrypts the storage with keys that Azure manages. The loss of a customer key would make the backups unreadable, and no requirement asks for customer keys.',
  },
  {
    check: 'CKV2_AZURE_21',
    name: 'Ensure Storage logging is enabled for Blob service for read requests',
    reason:
      'The containers hold function packages and backups. Entra identities are the only access, and account keys are disabled.',
  },
  {
    check: 'CKV2_AZURE_31',
    name: 'Ensure VNET subnet is configured with a Network Security Group (NSG)',
    reason:
      'Network policies of the cluster limit the traffic of pods. AKS and Container Apps manage rules for their own subnets, and a second security group can block their traffic.',
  },
  {
    check: 'CKV_AZURE_4',
    name: 'Ensure AKS logging to Azure Monitoring is Configured',
    reason:
      'The check requires the agent oms_agent, which collects the logs of all pods. A diagnostic setting sends the audit log of the cluster to Log Analytics.',
  },
  {
    check: 'CKV_AZURE_33',
    name: 'Ensure Storage logging is enabled for Queue service for read, write and delete requests',
    reason: 'No program uses the queues of these accounts.',
  },
  {
    check: 'CKV_AZURE_41',
    name: 'Ensure that the expiration date is set on all secrets',
    reason:
      'A token with an expiration date would stop the function on this date. docs/secrets.md describes the rotation of the token.',
  },
  {
    check: 'CKV_AZURE_59',
    name: 'Ensure that Storage accounts disallow public access',
    reason:
      'Each storage account has a public endpoint. Its network rules allow only the addresses in platform.operatorRanges and trusted Azure services. Blobs are not public.',
  },
  {
    check: 'CKV_AZURE_115',
    name: 'Ensure that AKS enables private clusters',
    reason:
      'Operators and runners can reach the API server only from the addresses in platform.operatorRanges. A private cluster needs a VPN, and not every environment has a VPN.',
  },
  {
    check: 'CKV_AZURE_116',
    name: 'Ensure that AKS uses Azure Policies Add-on',
    reason:
      'Azure policies belong to the subscription, and this platform does not manage the subscription. Instead of these policies, the tests of the stacks check the pods of the platform.',
  },
  {
    check: 'CKV_AZURE_117',
    name: 'Ensure that AKS uses disk encryption set',
    reason: 'Azure encrypts the disks with keys that Azure manages. No requirement asks for customer keys.',
  },
  {
    check: 'CKV_AZURE_139',
    name: 'Ensure ACR set to disable public networking',
    reason:
      'The workflow of the images pushes from runners of GitHub. Pulls need the kubelet identity; anonymous pulls and the administrator account are disabled.',
  },
  {
    check: 'CKV_AZURE_163',
    name: 'Enable vulnerability scanning for container images.',
    stacks: onlyDev,
    reason: `${premium} The workflow of the images scans every image.`,
  },
  {
    check: 'CKV_AZURE_164',
    name: 'Ensures that ACR uses signed/trusted images',
    reason:
      'The check requires content trust, which Azure retires. The workflow of the images signs with cosign.',
  },
  {
    check: 'CKV_AZURE_165',
    name: 'Ensure geo-replicated container registries to match multi-region container deployments.',
    stacks: onlyDev,
    reason: premium,
  },
  {
    check: 'CKV_AZURE_166',
    name: 'Ensure container image quarantine, scan, and mark images verified',
    reason:
      'The workflow of the images scans an image before it gets its tag. Quarantine is only a preview feature of Azure.',
  },
  {
    check: 'CKV_AZURE_167',
    name: 'Ensure a retention policy is set to cleanup untagged manifests.',
    stacks: onlyDev,
    reason: premium,
  },
  {
    check: 'CKV_AZURE_168',
    name: 'Ensure Azure Kubernetes Cluster (AKS) nodes should use a minimum number of 50 pods.',
    reason:
      'The network plugin overlay has a default of 250 pods for a node. The check requires the field max_pods.',
  },
  {
    check: 'CKV_AZURE_170',
    name: 'Ensure that AKS use the Paid Sku for its SLA',
    stacks: onlyDev,
    reason:
      'The cluster of dev has the SKU Free, because dev must have a low cost and no operator depends on dev. The cluster of prod has the SKU Standard.',
  },
  {
    check: 'CKV_AZURE_172',
    name: 'Ensure autorotation of Secrets Store CSI Driver secrets for AKS clusters',
    reason: 'The cluster does not use the Secrets Store driver.',
  },
  {
    check: 'CKV_AZURE_206',
    name: 'Ensure that Storage Accounts use replication',
    reason:
      'The accounts use ZRS, three copies in three zones. The check accepts only copies in another region, which the law of a customer can forbid.',
  },
  {
    check: 'CKV_AZURE_212',
    name: 'Ensure App Service has a minimum number of instances for failover',
    reason:
      'An App Service plan of the type Flex Consumption has no setting for the number of workers. The setting functions.alwaysReady keeps instances ready.',
  },
  {
    check: 'CKV_AZURE_225',
    name: 'Ensure the App Service Plan is zone redundant',
    reason:
      'If a run fails because its zone is down, the next run of the timer repeats the work. The alert BatchRunMissing fires if the zone stays down.',
  },
  {
    check: 'CKV_AZURE_226',
    name: 'Ensure ephemeral disks are used for OS disks',
    reason:
      'Not every machine size has enough local storage for an ephemeral disk, and each environment chooses its own machine size. Therefore the nodes keep the default of the Terraform provider, a managed disk.',
  },
  {
    check: 'CKV_AZURE_227',
    name: 'Ensure that the AKS cluster encrypt temp disks, caches, and data flows between Compute and Storage resources',
    reason:
      'Encryption at the host is a feature that a subscription must register first. Azure encrypts the disks at rest in any case.',
  },
  {
    check: 'CKV_AZURE_233',
    name: 'Ensure Azure Container Registry (ACR) is zone redundant',
    stacks: onlyDev,
    reason: premium,
  },
  {
    check: 'CKV_AZURE_237',
    name: 'Ensure dedicated data endpoints are enabled.',
    reason:
      'Dedicated endpoints help firewalls that filter by name. The nodes reach the registry without such a filter.',
  },
  {
    check: 'CKV_K8S_11',
    name: 'CPU Limits should be set',
    reason:
      'A CPU limit throttles a program also on an idle node. Every container has a CPU request and a memory limit.',
  },
  {
    check: 'CKV_K8S_15',
    name: 'Image Pull Policy should be Always',
    reason: 'A tag is never moved, and a node with the image can start a pod while the registry is down.',
  },
  {
    check: 'CKV_K8S_43',
    name: 'Image should use digest',
    reason: 'images.tag names one version, and the checks of an environment refuse the tag latest.',
  },
];
