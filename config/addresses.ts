import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { matching, unevaluated } from './fields.ts';

const addressParts = 'an optional port from 1 to 65535, and without a login, query, fragment or final slash';

/** The project appends paths to this URL. */
export const webUrl = z.string().refine((text) => isAddress(text, ['http', 'https']), {
  message: `expected a URL such as https://wiki.example.com/runbooks, with ${addressParts}`,
});

export const serverUrl = webUrl.refine((text) => !isAddress(text, ['http', 'https']) || isElsewhere(text), {
  message:
    'expected a server outside the pod; loopback addresses, link-local addresses, metadata services and IPv4 addresses written as IPv6 are not allowed; name another host',
});

/** A registry or a folder that replaces the public chart repositories. */
export const chartSource = z
  .string()
  .refine((text) => directory.safeParse(text).success || isAddress(text, ['oci', 'https']), {
    message: `expected oci://… or https://… with ${addressParts}, or a directory that starts with /, ./ or ../; Terraform expressions and Helm templates are not allowed`,
  });

const directory = unevaluated(/^\.{0,2}\/\S*[^\s/]$/, 'expected a directory');

const badPort = { message: 'expected a port from 1 to 65535' };

export const registryPath = matching(
  /^[a-z0-9][a-z0-9.-]*(:\d{1,5})?(\/[a-z0-9][a-z0-9._-]*)*$/,
  'expected a registry host and an optional path, such as registry.example.com/mirror, without https://',
).refine(hasSoundPort, badPort);

export const hostAndPort = matching(
  /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?:\d{1,5}$/,
  'expected host:port, such as smtp.example.com:587',
).refine(hasSoundPort, badPort);

/**
 * Host of a URL. An IPv6 address has no brackets.
 * @throws TypeError if the text is not a URL
 */
export function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, '');
}

function isAddress(text: string, schemes: readonly string[]): boolean {
  const [, scheme = '', host = '', path = ''] = /^([a-z]+):\/\/([^/]+)(\/.*)?$/s.exec(text) ?? [];
  if (!schemes.includes(scheme) || /[\s?#\\{}]/.test(text)) return false;
  if (host.includes('@') || host.endsWith(':') || path.endsWith('/')) return false;
  // `URL` accepts the bad IP address in `oci://10.2.3.999`, but not in `https://10.2.3.999`.
  const url = `https://${host}`;
  return URL.canParse(url) && new URL(url).port !== '0';
}

function hasSoundPort(text: string): boolean {
  const port = /^[^/]*:(\d+)/.exec(text)?.[1];
  return port === undefined || (Number(port) >= 1 && Number(port) <= 65535);
}

/** True if the host is neither the connecting pod nor its node. */
function isElsewhere(url: string): boolean {
  const host = hostOf(url);
  if (!ipaddr.isValid(host)) return !/(^|\.)localhost\.?$/.test(host);
  // `hostOf` returns canonical IPv6 addresses. Therefore a comparison of texts is sufficient.
  return !neverReached.has(ipaddr.parse(host).range()) && !metadataServices.has(host);
}

/** The range `ipv4Mapped` contains addresses such as `::ffff:127.0.0.1`, a loopback address. */
const neverReached: ReadonlySet<string> = new Set(['unspecified', 'loopback', 'linkLocal', 'ipv4Mapped']);

/** Services of AWS, Google Cloud and Azure that return data of the node, such as its identity. */
const metadataServices: ReadonlySet<string> = new Set(['fd00:ec2::254', 'fd20:ce::254', '168.63.129.16']);
