import { Document, isScalar, isSeq, type Node, visit, type YAMLMap } from 'yaml';
import { restrictedContainer } from '../../../config/pod-security.ts';
import { components } from '../../../demo/components/list.ts';
import { composeSettings } from '../../../demo/compose/settings.ts';
import type { Generated } from '../region.ts';
import {
  componentServices,
  consoleServices,
  dataVolumes,
  type Service,
  volumesService,
  volumesServiceName,
} from './services.ts';

const notice = ` generated as a whole: npm run generate writes this file. docs/get-started-compose.md describes it.
 The whole pipeline in containers: docker compose up`;

const hardened: Service = {
  restart: 'unless-stopped',
  read_only: true,
  cap_drop: restrictedContainer.capabilities.drop,
  security_opt: ['no-new-privileges:true'],
  tmpfs: ['/tmp'],
  logging: { driver: 'json-file', options: { 'max-size': '5m', 'max-file': '2' } },
};
const anchor = 'hardened';

/** The compose file and the mounted files of `compose/`, by path from the root of the project. */
export function composeProject(portOffset = 0): Readonly<Record<string, string>> {
  const list = components(composeSettings('/', portOffset));
  const files = Object.assign(
    {},
    ...list.map(({ files = {}, folders = [] }) => ({ ...emptyFolders(folders), ...files })),
  ) as Readonly<Record<string, string>>;
  return {
    'compose.yaml': composeFile(portOffset),
    ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`compose/${file}`, text])),
  };
}

/** Git does not store empty folders. Therefore each empty folder gets a placeholder file. */
function emptyFolders(folders: readonly string[]): Readonly<Record<string, string>> {
  const empty = folders.filter((folder) => folder.startsWith('config/'));
  return Object.fromEntries(empty.map((folder) => [`${folder}/.gitkeep`, '']));
}

function composeFile(portOffset: number): string {
  const services: Readonly<Record<string, Service>> = {
    ...consoleServices(portOffset),
    ...componentServices(portOffset),
    [volumesServiceName]: volumesService(portOffset),
  };
  const volumes = Object.fromEntries(Object.keys(dataVolumes(portOffset)).map((name) => [name, {}]));
  const document = new Document(
    { name: 'prometheus-platform', 'x-hardened': hardened, services, volumes },
    // YAML 1.1 reads `no` as a boolean. `version: '1.1'` writes quotes around such texts.
    { version: '1.1', aliasDuplicateObjects: false },
  );
  document.commentBefore = notice;
  const shared = document.get('x-hardened', true) as unknown as Node & { anchor?: string };
  shared.anchor = anchor;
  for (const { value } of (document.get('services') as YAMLMap).items) {
    const service = value as YAMLMap;
    service.items.unshift(document.createPair('<<', document.createAlias(shared as never, anchor)));
  }
  layOut(document);
  return document.toString({ lineWidth: 0 });
}

const onOneLine = ['test', 'cap_drop', 'cap_add', 'security_opt', 'tmpfs', 'entrypoint'];

function layOut(document: Document): void {
  visit(document, {
    Pair(_, { key, value }) {
      if (isScalar(key) && isSeq(value) && onOneLine.includes(String(key.value))) value.flow = true;
    },
  });
  const sections = (document.contents as YAMLMap).items;
  const services = (document.get('services') as YAMLMap).items.slice(1);
  for (const { key } of [...sections.slice(1), ...services]) if (isScalar(key)) key.spaceBefore = true;
}

export const composeFiles: readonly Generated[] = Object.entries(composeProject()).map(([file, text]) => ({
  file,
  text: () => text,
}));
