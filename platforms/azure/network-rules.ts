import { type Cidr, contains, overlap, parseCidr, parseIpv4 } from '../../config/cidr.ts';
import { duplicates, type Problem, problem, type Rule } from '../../config/rule.ts';
import type { AzureEnvironment } from './environment.ts';
import { storageAccounts } from './storage-accounts.ts';

type AzureRule = Rule<AzureEnvironment>;

type Range =
  | 'addressSpace'
  | 'nodes'
  | 'functions'
  | 'loadBalancers'
  | 'privateEndpoints'
  | 'pods'
  | 'services';

const subnets = ['nodes', 'functions', 'loadBalancers', 'privateEndpoints'] as const satisfies Range[];

const setting = (name: string) => `platform.network.${name}`;

function rangeRule(names: readonly Range[], check: (...ranges: Cidr[]) => readonly Problem[]): AzureRule {
  return {
    reads: [...names.map(setting)],
    problems({ platform }) {
      return check(...names.map((name) => range(platform.network[name])));
    },
  };
}

const disjoint = (names: readonly Range[]) =>
  names.flatMap((name, index) =>
    names
      .slice(0, index)
      .map((other) =>
        rangeRule([name, other], (one, two) =>
          overlap(one, two)
            ? [
                problem(
                  setting(name),
                  `${one.text} overlaps the range ${two.text} of ${other}; choose ranges that share no address`,
                ),
              ]
            : [],
        ),
      ),
  );

const insideNetwork = subnets.map((name) =>
  rangeRule([name, 'addressSpace'], (subnet, space) =>
    !contains(space, subnet)
      ? [
          problem(
            setting(name),
            `${subnet.text} is outside the network ${space.text}; choose a range inside the network`,
          ),
        ]
      : [],
  ),
);

const functionsSubnet = rangeRule(['functions'], (subnet) =>
  subnet.prefix > 27
    ? [
        problem(
          setting('functions'),
          `${subnet.text} is too small for Flex Consumption; choose /27 or larger`,
        ),
      ]
    : [],
);

const smallSubnets = (['loadBalancers', 'privateEndpoints'] as const).map((name) =>
  rangeRule([name], (subnet) =>
    subnet.prefix > 29
      ? [
          problem(
            setting(name),
            `${subnet.text} is too small: Azure reserves ${reservedAddresses} addresses of each subnet; choose /29 or larger`,
          ),
        ]
      : [],
  ),
);

/** The vault and each storage account need an address in the subnet of the private endpoints. */
const privateEndpoints: AzureRule = {
  reads: [
    setting('privateEndpoints'),
    'platform.backup',
    'functions',
    'usdtExporter',
    'platform.objectStorage',
  ],
  problems(environment) {
    const { platform } = environment;
    const subnet = range(platform.network.privateEndpoints);
    const addresses = size(subnet) - reservedAddresses;
    const needed = 1 + storageAccounts(environment).length;
    // The rule `smallSubnets` already reports a subnet without a usable address.
    return addresses <= 0 || addresses >= needed
      ? []
      : [
          problem(
            setting('privateEndpoints'),
            `${subnet.text} has ${addresses} addresses for ${needed} private endpoints; choose a larger range`,
          ),
        ];
  },
};

const azureZone = /(^|\.)(windows\.net|azure\.net|azure\.com|azurecr\.io|azurewebsites\.net|azmk8s\.io)$/;

const privateZone: AzureRule = {
  reads: [setting('privateZone')],
  problems({ platform }) {
    if (!azureZone.test(platform.network.privateZone)) return [];
    return [
      problem(
        setting('privateZone'),
        `${platform.network.privateZone} is a public DNS zone of Azure, or part of such a zone. A private zone with this name hides the public zone: programs in your network can no longer resolve the host names of the public zone. Choose your own zone, such as monitoring.internal`,
      ),
    ];
  },
};

const dnsServiceIp: AzureRule = {
  reads: [setting('services'), setting('dnsServiceIp')],
  problems({ platform }) {
    const services = range(platform.network.services);
    const address = parseIpv4(platform.network.dnsServiceIp) ?? 0;
    if (address > services.first + 1 && address < services.last) return [];
    return [
      problem(
        setting('dnsServiceIp'),
        `${platform.network.dnsServiceIp} cannot be the address of the cluster's DNS server. The address must be in the service range ${services.text}, and the first, second and last address of this range are reserved. Choose another address in this range`,
      ),
    ];
  },
};

/** During an upgrade, AKS adds one node for every three nodes. */
const surge = 1 / 3;

const capacity: AzureRule = {
  reads: [setting('nodes'), setting('pods'), 'platform.cluster'],
  problems({ platform }) {
    const { systemPool, userPools } = platform.cluster;
    const pools = [systemPool, ...userPools];
    const needed = pools.reduce((sum, pool) => sum + Math.ceil(pool.max * (1 + surge)), 0);
    const subnet = range(platform.network.nodes);
    const pods = range(platform.network.pods);
    const addresses = Math.max(0, size(subnet) - reservedAddresses);
    const podBlocks = Math.floor(size(pods) / 256);
    return [
      ...(addresses >= needed
        ? []
        : [
            problem(
              'platform.network.nodes',
              `${subnet.text} has only ${addresses} usable addresses, but the pools can have ${needed} nodes during an upgrade; choose a larger range or smaller pools`,
            ),
          ]),
      ...(podBlocks >= needed
        ? []
        : [
            problem(
              'platform.network.pods',
              `${pods.text} has ${podBlocks} blocks of /24, but ${needed} nodes need one block each; choose a larger range (the ${needed} nodes include the additional nodes of an upgrade)`,
            ),
          ]),
    ];
  },
};

const loadBalancers: AzureRule = {
  reads: [
    setting('loadBalancers'),
    setting('privateZone'),
    'pushgateway.ip',
    'central.receiver',
    'functions.host',
  ],
  problems({ platform, pushgateway, central, functions }) {
    const subnet = range(platform.network.loadBalancers);
    const zone = platform.network.privateZone;
    const addresses = [
      { setting: 'pushgateway.ip', ip: pushgateway.ip },
      { setting: 'central.receiver.ip', ip: central.receiver?.ip },
    ].filter((address): address is { setting: string; ip: string } => address.ip !== undefined);
    return [
      ...(functions.host === 'azure' && pushgateway.ip === undefined
        ? [
            problem(
              'pushgateway.ip',
              `is missing; functions on Azure reach the Pushgateway at a fixed address; set an address in ${subnet.text}`,
            ),
          ]
        : []),
      ...addresses
        .filter(({ ip }) => !usable(subnet, ip))
        .map(({ setting, ip }) =>
          problem(
            setting,
            `${ip} is not usable in the load balancers' subnet ${subnet.text}; Azure reserves the first four addresses and the last; choose another address of the subnet`,
          ),
        ),
      ...duplicates(addresses.map(({ ip }) => ip)).map((ip) =>
        problem(
          'central.receiver.ip',
          `${ip} is also the address of the Pushgateway; choose another address`,
        ),
      ),
      ...(central.receiver && !central.receiver.host.endsWith(`.${zone}`)
        ? [
            problem(
              'central.receiver.host',
              `${central.receiver.host} is outside the private zone ${zone}; choose a name in this zone, such as prometheus.${zone}`,
            ),
          ]
        : []),
    ];
  },
};

export const networkRules: readonly AzureRule[] = [
  ...disjoint(['addressSpace', 'pods', 'services']),
  ...disjoint(subnets),
  ...insideNetwork,
  functionsSubnet,
  ...smallSubnets,
  privateEndpoints,
  privateZone,
  dnsServiceIp,
  capacity,
  loadBalancers,
];

/** Azure reserves the first four addresses and the last address of each subnet. */
const reservedAddresses = 5;

const size = ({ first, last }: Cidr) => last - first + 1;

function usable(subnet: Cidr, ip: string): boolean {
  const address = parseIpv4(ip);
  return address !== undefined && address >= subnet.first + reservedAddresses - 1 && address < subnet.last;
}

/** @throws Error if the text is not an IPv4 range. The schema has already rejected such a text. */
function range(text: string): Cidr {
  const parsed = parseCidr(text);
  if (!parsed) throw new Error(`${text} is not an IPv4 range; expected a range such as 10.64.0.0/16`);
  return parsed;
}
