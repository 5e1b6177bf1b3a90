import { junitXml } from '../drill/junit-xml.ts';
import { columns } from '../verify/table.ts';
import type { Part } from './part.ts';
import type { RestoreResult, StoreResult } from './result.ts';

const marks = { passed: '✓', failed: '✗' } as const;

const secondsText = (seconds: number | undefined) => (seconds === undefined ? '–' : seconds.toFixed(1));

/** The sum of the counts for each unit, such as `36,210 samples, 12 messages`. */
export function contentText(parts: readonly Part[]): string {
  const totals = new Map<string, number>();
  for (const { unit, count } of parts) totals.set(unit, (totals.get(unit) ?? 0) + count);
  const texts = [...totals].map(([unit, total]) => {
    const isSingular = total === 1 && unit !== 'series';
    return `${total.toLocaleString('en')} ${isSingular ? unit.replace(/s$/, '') : unit}`;
  });
  return texts.join(', ') || '–';
}

export const columnNames = [
  'store',
  'program',
  'content',
  'backup MB',
  'backup s',
  'recovery time s',
  'recovery point s',
] as const;

const cellsOf = ({ store, program, parts, ...figures }: StoreResult): readonly string[] => [
  store,
  program,
  contentText(parts),
  figures.bytes === undefined ? '–' : (figures.bytes / 1e6).toFixed(2),
  secondsText(figures.backupSeconds),
  secondsText(figures.recoverySeconds),
  secondsText(figures.lostSeconds),
];

/** The report on the terminal: a line for each store, the problems, and the summary. */
export function restoreTable(result: RestoreResult): string {
  const { stores, problems, seconds, recoverySeconds } = result;
  const rows = stores.map((store) => {
    const [name = '', ...cells] = cellsOf(store);
    return [`${marks[store.verdict]} ${name}`, ...cells];
  });
  const sentences = [
    ...stores.flatMap((store) => problemTexts(store).map((text) => `${store.store}: ${text}`)),
    ...problems,
  ];
  const count = (verdict: StoreResult['verdict']) => stores.filter((one) => one.verdict === verdict).length;
  const recovery =
    recoverySeconds === undefined
      ? ''
      : ` The whole system worked again ${recoverySeconds.toFixed(1)} s after the deletion.`;
  return [
    columns([[...columnNames], ...rows]),
    'Recovery time: from the deletion until the store was complete again. Recovery point: the data of this many seconds before the deletion is lost.',
    ...(sentences.length > 0 ? ['', ...sentences] : []),
    '',
    `${count('passed')} restored, ${count('failed')} not complete, in ${seconds.toFixed(0)} s.${recovery}`,
  ].join('\n');
}

const problemTexts = ({ problems }: StoreResult) =>
  problems.map(({ step, message }) => `${step}: ${message}`);

/**
 * A JUnit file with a test case for each store and for the whole system.
 * @param target system name
 */
export function restoreJunit(target: string, result: RestoreResult): string {
  const classname = `restore-drill.${target}`;
  const stores = result.stores.map((store) => {
    return {
      classname,
      name: `${store.store} of ${store.program}`,
      seconds: store.recoverySeconds ?? 0,
      outcomes: store.problems.map(({ step, message }) => ({
        kind: 'failure' as const,
        type: step,
        message,
      })),
      output: columns([[...columnNames], cellsOf(store)]),
    };
  });
  const system = {
    classname,
    name: 'the whole system',
    seconds: result.recoverySeconds ?? 0,
    outcomes: result.problems.map((message) => ({ kind: 'failure' as const, type: 'verify', message })),
    output: restoreTable(result),
  };
  return junitXml([{ name: `restore-drill ${target}`, cases: [...stores, system] }]);
}
