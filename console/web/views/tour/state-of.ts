import { cssColor } from '../../chart/colors.ts';

export interface NamedState {
  readonly text: string;
  readonly quality: 'good' | 'bad';
  /** The colour as `#rrggbb`, because a canvas cannot use a CSS variable. */
  readonly color: string;
}

/** Returns the text and the colour for a value of 0 or 1. */
export function stateOf(value: number, texts: readonly [string, string]): NamedState {
  const quality = value === 1 ? 'good' : 'bad';
  const text = value === 0 ? texts[0] : value === 1 ? texts[1] : String(value);
  return { text, quality, color: cssColor(`--${quality}`) };
}
