import { dev, prod } from '../../config/environments/index.ts';
import type { Plan } from '../../review/plan/read-plan.ts';
import { variants } from '../stacks/environments.ts';
import { type StackJson, synthesize } from '../stacks/synthesis.ts';
import { type Draft, type DraftAction, type DraftChange, draftChange, planWith } from './draft-plan.ts';

/**
 * Plans of the Azure stacks. They are NOT recorded: a plan of azurerm needs a subscription. This generator converts the
 * blocks of a synthesized stack into a plan.
 * - a block is a list with one object; a map of labels or tags stays an object;
 * - a reference to a constant argument of the same stack is resolved; every other reference is known after apply;
 * - arguments of Terraform itself, such as `depends_on`, are left out;
 * - `configuration` has the references of each argument. A test compares the generated plans of `local` with the
 * recorded plans.
 */

/**
 * Arguments that are maps. An object with other keys than argument names is also a map. Every other object is a block.
 */
const maps = [
  'tags',
  'labels',
  'match_labels',
  'annotations',
  'data',
  'data_wo',
  'limits',
  'requests',
  'node_labels',
  'node_selector',
  'configuration_settings',
];
const ofTerraform = [
  '//',
  'depends_on',
  'lifecycle',
  'provider',
  'provisioner',
  'connection',
  'count',
  'for_each',
];
/** A plan never contains write-only arguments. */
const writeOnly = ['data_wo', 'value_wo', 'set_wo'];

interface Generated {
  readonly values: Draft;
  readonly unknown: Draft;
}

/** A plan that creates all resources of a stack. */
export function creationOf(stack: string, json: StackJson): Plan {
  return planWith(
    stack,
    resourcesOf(json).map(({ type, name, values, unknown }) =>
      draftChange(type, name, 'create', null, values, unknown),
    ),
    { configuration: configurationOf(json) },
  );
}

function resourcesOf(json: StackJson) {
  return Object.entries(json.resource).flatMap(([type, blocks]) =>
    Object.entries(blocks).map(([name, block]) => ({ type, name, ...planned(block, json) })),
  );
}

function planned(block: Draft, json: StackJson): Generated {
  const values: Draft = {};
  const unknown: Draft = {};
  for (const [key, value] of Object.entries(block)) {
    if (ofTerraform.includes(key) || writeOnly.includes(key)) continue;
    const { value: result, isUnknown } = argument(key, value, json);
    if (isUnknown === true) unknown[key] = true;
    else {
      values[key] = result;
      if (isUnknown !== undefined) unknown[key] = isUnknown;
    }
  }
  return { values, unknown };
}

function argument(
  key: string,
  value: Draft,
  json: StackJson,
): { readonly value?: Draft; readonly isUnknown?: Draft } {
  if (typeof value === 'string') {
    const resolved = resolve(value, json);
    return resolved === undefined ? { isUnknown: true } : { value: resolved };
  }
  if (Array.isArray(value)) {
    const elements = value.map((element) => elementOf(key, element, json));
    const unknown = elements.map(({ isUnknown }) => isUnknown ?? false);
    return {
      value: elements.map((element) => element.value ?? null),
      ...(unknown.some((mark) => mark !== false) && { isUnknown: unknown }),
    };
  }
  if (value === null || typeof value !== 'object') return { value };
  const element = elementOf(key, value, json);
  if (maps.includes(key) || Object.keys(value).some((name) => !/^\w+$/.test(name))) return element;
  return { value: [element.value], ...(element.isUnknown && { isUnknown: [element.isUnknown] }) };
}

function elementOf(
  key: string,
  value: Draft,
  json: StackJson,
): { readonly value?: Draft; readonly isUnknown?: Draft } {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return argument(key, value, json);
  const { values, unknown } = planned(value, json);
  return { value: values, ...(Object.keys(unknown).length > 0 && { isUnknown: unknown }) };
}

/** The text with its references resolved. Undefined if only the apply knows the text. */
function resolve(text: string, json: StackJson): string | undefined {
  let known = true;
  const resolved = text.replace(
    /\$?\$\{([a-z0-9_]+)\.([\w-]+)\.(\w+)\}|\$?\$\{/g,
    (found, type, name, attribute) => {
      if (found.startsWith('$${')) return found.slice(1);
      const target = type && json.resource[type]?.[name]?.[attribute];
      const constant = typeof target === 'string' ? resolve(target, json) : undefined;
      if (constant === undefined) known = false;
      return constant ?? found;
    },
  );
  return known ? resolved : undefined;
}

function configurationOf(json: StackJson) {
  const resources = Object.entries(json.resource).flatMap(([type, blocks]) =>
    Object.entries(blocks).map(([name, block]) => ({
      address: `${type}.${name}`,
      expressions: Object.fromEntries(
        Object.entries(block).flatMap(([key, value]) => {
          const [, found] = typeof value === 'string' ? (/^\$\{([^}]+)\}$/.exec(value) ?? []) : [];
          return found ? [[key, { references: [found] }]] : [];
        }),
      ),
    })),
  );
  return { root_module: { resources } };
}

const managed = variants.filter(({ name }) => name === 'managed' || name === 'scaled');
// The variants have the names of the committed environments, therefore a second synthesis is necessary.
const syntheses = [await synthesize([dev, prod]), await synthesize(managed)];

export const azureStacks: ReadonlyMap<string, StackJson> = new Map(
  syntheses.flatMap(({ stacks }) => [...stacks]),
);

/**
 * @throws Error if there is no such stack
 * @throws Error if there is no such stack
 */
export function azureStack(name: string): StackJson {
  const stack = azureStacks.get(name);
  if (!stack) throw new Error(`no stack ${name} among ${[...azureStacks.keys()].join(', ')}`);
  return stack;
}

type Edit = (values: Draft) => void;

/**
 * A plan that changes one resource of an Azure stack.
 * @param which the type, or the type and the name or the role of the resource
 * @param edit changes the values in place
 */
export function azureChange(
  stack: string,
  which: string | readonly [type: string, name: string],
  action: DraftAction,
  edit: Edit = () => undefined,
  first: Edit = () => undefined,
): Plan {
  const [type = '', wanted] = [which].flat();
  const json = azureStack(stack);
  const found = resourcesOf(json).find(
    ({ type: other, name, values }) =>
      other === type &&
      (!wanted ||
        [values.name, values.role_definition_name, name].includes(wanted) ||
        name.startsWith(wanted)),
  );
  if (!found) throw new Error(`no ${type} ${wanted ?? ''} in ${stack}`);
  const before = structuredClone(found.values);
  first(before);
  const after = structuredClone(before);
  edit(after);
  const change: DraftChange = draftChange(
    type,
    found.name,
    action,
    before,
    after,
    action === 'create' ? found.unknown : {},
  );
  const others = resourcesOf(json)
    .filter(({ name, type: other }) => name !== found.name || other !== type)
    .map(({ type: other, name, values }) => ({
      ...draftChange(other, name, 'update', values, values),
      change: { ...draftChange(other, name, 'update', values, values).change, actions: ['no-op'] },
    }));
  return planWith(stack, [change, ...others], { configuration: configurationOf(json) });
}
