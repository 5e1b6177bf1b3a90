import type { FaultStatus } from '../../../controls/faults.ts';
import type { Place } from '../../../topology.ts';
import { formatOf } from '../../format/units.ts';
import type { NodeCondition } from './condition.ts';

export const bytes = formatOf('bytes');

/** Memory and restarts of a process, such as `58 MiB · 2 restarts`. Unknown memory is left out. */
export function processText({ status }: NodeCondition): string {
  if (!status) return '';
  const { hosted = false, rssBytes, restarts } = status;
  const memory = rssBytes > 0 ? bytes(rssBytes) : '';
  if (hosted) return memory || 'no separate process';
  const times = restarts === 1 ? '1 restart' : `${restarts} restarts`;
  return memory ? `${memory} · ${times}` : times;
}

export function placeText(place: Place): string {
  return place === 'outside' ? 'outside the clusters' : `namespace ${place.namespace}, ${place.cluster}`;
}

/** Returns the text that a screen reader reads out for a component. */
export function spokenName(name: string, condition: NodeCondition): string {
  const faults = condition.faults.map(({ title }) => title);
  const text = [name, condition.text.toLowerCase(), ...faults, processText(condition)];
  return text.filter((part) => part !== '').join(', ');
}

/** Average width of a letter, in units of the picture. */
const nameLetterWidth = 7.8;

/** Keeps the start and the end of a long name, because both distinguish components. */
export function fitted(name: string, width: number): string {
  const letters = Math.floor(width / nameLetterWidth);
  if (name.length <= letters) return name;
  const start = Math.ceil((letters - 1) / 2);
  return `${name.slice(0, start)}…${name.slice(name.length - (letters - 1 - start))}`;
}

/** Estimated width of a text. The unit is the width of a small letter. */
export function widthOf(text: string): number {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  return text.length + count(/[\dA-Z+]/g) / 4 + count(/…/g);
}

/**
 * Title of the first fault and number of other faults, in at most two lines.
 * @param width in the unit of `widthOf`
 */
export function faultText(faults: readonly Pick<FaultStatus, 'title'>[], width: number): readonly string[] {
  const [first, ...others] = faults;
  if (!first) return [];
  const end = others.length > 0 ? ` +${others.length}` : '';
  const text = first.title + end;
  const lines = wrapped(text, width);
  const [upper = ''] = lines;
  if (lines.length <= 2) return lines;
  const lower = text.slice(upper.length).trimStart();
  return [upper, shortened(lower, `…${end}`, width)];
}

function shortened(text: string, end: string, width: number): string {
  let start = text;
  while (widthOf(start + end) > width) start = start.slice(0, -1).trimEnd();
  return start + end;
}

/** A line ends after a word, or after a hyphen in a word. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.split(/(?<=[ -])/)) {
    if (line !== '' && widthOf((line + piece).trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = piece;
    } else line += piece;
  }
  return [...lines, line];
}
