import { Contrib, Enums, Models } from '@cyclonedx/cyclonedx-library';
import { PackageURL } from 'packageurl-js';
import parseSpdx from 'spdx-expression-parse';
import type { ChartPin } from '../../../config/charts.ts';
import type { LockedPackage } from '../lock/read-lock.ts';
import type { GoModule } from '../programs.ts';

export type { Component } from '@cyclonedx/cyclonedx-library/Models';

const { Component } = Models;
const { ComponentType, HashAlgorithm } = Enums;
const licences = new Contrib.License.Factories.LicenseFactory(parseSpdx);

const prefix = 'prometheus-platform';

type Qualifiers = Readonly<Record<string, string>>;

/** @param path name of the package with its namespace, such as `@scope/name` or `github.com/owner/name` */
function purl(type: string, path: string, version = '', qualifiers?: Qualifiers): string {
  const parts = path.split('/');
  const name = parts.pop() ?? path;
  return new PackageURL(type, parts.join('/') || undefined, name, version, qualifiers, undefined).toString();
}

/** An application of this project. */
export function ownComponent(name: string, version: string, licence: string): Models.Component {
  const component = new Component(ComponentType.Application, name, { version, bomRef: `${name}@${version}` });
  component.licenses.add(licences.makeFromString(licence));
  return component;
}

export function packageComponent({ name, version, licence, integrity }: LockedPackage): Models.Component {
  const [group, short] = name.startsWith('@') ? name.split('/') : [undefined, name];
  const url = purl('npm', name, version);
  const component = new Component(ComponentType.Library, short ?? name, {
    version,
    purl: url,
    bomRef: url,
    ...(group && { group }),
  });
  if (licence) component.licenses.add(licences.makeFromString(licence));
  const sha512 = /(?:^|\s)sha512-(\S+)/.exec(integrity ?? '')?.[1];
  if (sha512) component.hashes.set(HashAlgorithm['SHA-512'], Buffer.from(sha512, 'base64').toString('hex'));
  return component;
}

/** @param reference `registry/repository:tag` or `registry/repository:tag@sha256:…` */
export function imageComponent(reference: string): Models.Component {
  const [tagged = reference, digest] = reference.split('@');
  const [, repository = tagged, tag] = /^(.+?)(?::([^:/]+))?$/.exec(tagged) ?? [];
  const name = repository.split('/').at(-1) ?? repository;
  const component = new Component(ComponentType.Container, repository, {
    bomRef: reference,
    version: digest ?? tag ?? 'latest',
    purl: purl('oci', name, digest, { repository_url: repository, ...(tag && { tag }) }),
  });
  const sha256 = /^sha256:([0-9a-f]{64})$/.exec(digest ?? '')?.[1];
  if (sha256) component.hashes.set(HashAlgorithm['SHA-256'], sha256);
  return component;
}

export function chartComponent({
  chart,
  version,
  repository,
}: Pick<ChartPin, 'chart' | 'version' | 'repository'>): Models.Component {
  const url = purl('helm', chart, version, { repository_url: repository });
  return new Component(ComponentType.Application, chart, { version, purl: url, bomRef: url });
}

export function moduleComponent({ module, version, checksum }: GoModule): Models.Component {
  const url = purl('golang', module, version);
  const component = new Component(ComponentType.Library, module, { version, purl: url, bomRef: url });
  // `hashes` must be hashes of files. The checksum from go.sum is the hash of a module.
  addProperty(component, 'go-sum', checksum);
  return component;
}

/** Adds a property with the prefix of this project. */
export function addProperty(component: Models.Component, name: string, value: string): void {
  component.properties.add(new Models.Property(`${prefix}:${name}`, value));
}

/** Records that a component contains or needs other components. */
export function dependOn(component: Models.Component, others: Iterable<Models.Component>): void {
  for (const other of others) component.dependencies.add(other.bomRef);
}
