import { cssColor } from '../../chart/colors.ts';

export interface NamedState {
  readonly text: string;
  readonly quality: 'good' | 'bad';
  /** The colour as `#rrggbb`, because a canvas cannot use a CSS variable. */
  readonly color: string;
}

/**
 * Returns the text and the colour for a value of 0 or 1.
 * @param _theme pass `theme.value`, although `stateOf` does not use the argument. A component that reads `theme.value`
 *   renders again when the theme changes, and then gets the colour of the new theme.
 */
export function stateOf(value: number, texts: readonly [string, string], _theme?: string): NamedState {
  const quality = value === 1 ? 'good' : 'bad';
  const text = value === 0 ? texts[0] : value === 1 ? texts[1] : String(value);
  return { text, quality, color: cssColor(`--${quality}`) };
}
