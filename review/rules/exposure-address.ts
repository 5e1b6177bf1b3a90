import { isEmpty } from '../change/tree.ts';
import { attributes, resources } from './look.ts';
import { azureStores } from './parts.ts';
import type { Rule } from './rule.ts';
import { always, becomes } from './when.ts';

/** Arguments of Azure resources that attach a public address for incoming connections. */
const attached = [
  attributes(
    [
      'azurerm_network_interface',
      'azurerm_bastion_host',
      'azurerm_firewall',
      'azurerm_virtual_network_gateway',
    ],
    'ip_configuration.public_ip_address_id',
  ),
  attributes(['azurerm_firewall'], 'management_ip_configuration.public_ip_address_id'),
  attributes(
    ['azurerm_lb', 'azurerm_application_gateway'],
    'frontend_ip_configuration.public_ip_address_id',
    'frontend_ip_configuration.public_ip_prefix_id',
  ),
  attributes(
    ['azurerm_linux_virtual_machine_scale_set', 'azurerm_windows_virtual_machine_scale_set'],
    'network_interface.ip_configuration.public_ip_address.name',
  ),
];

/** Rules for public addresses of Azure. */
export const addressRules: readonly Rule[] = [
  {
    id: 'public-address-created',
    tier: 'review',
    concern: 'exposure',
    title: 'A public address is created',
    looksAt: [resources(['azurerm_public_ip', 'azurerm_public_ip_prefix'], 'create', 'replace')],
    when: always,
    reason:
      'A program with this address is reachable from the internet. A replaced address breaks the names and the firewalls that contain it.',
    remedy:
      'Use an internal address and the private endpoint, or confirm which program needs the public address.',
  },
  {
    id: 'public-address-attached',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'A public address is attached',
    looksAt: attached,
    when: ({ path, before, after }) =>
      isEmpty(before) && !isEmpty(after) ? `${path.join('.')} is set` : undefined,
    reason: 'Clients on the internet can connect to the machine or to the load balancer.',
    remedy: 'Use an internal address, or confirm the firewall in front of the program.',
  },
  {
    id: 'nodes-public',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'The nodes of the cluster get public addresses',
    looksAt: [
      attributes([azureStores.cluster], 'default_node_pool.node_public_ip_enabled'),
      attributes(['azurerm_kubernetes_cluster_node_pool'], 'node_public_ip_enabled'),
    ],
    when: becomes(true),
    reason: 'Node ports and the programs of the host are then reachable from the internet.',
    remedy: 'Keep `false`.',
  },
];
