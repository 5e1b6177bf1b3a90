import { cssColor } from '../../../chart/colors.ts';

/** The keys are colour names in dashboard files. The values are CSS variables of the theme. */
const variables: Readonly<Record<string, string>> = {
  green: '--good',
  yellow: '--boards-yellow',
  orange: '--boards-orange',
  red: '--bad',
  blue: '--info',
};
const fallback = '--quiet';

/** Returns a colour for the HTML attribute `style`. */
export const styleColor = (name: string) => `var(${variables[name] ?? fallback})`;

/** Colour for a canvas, which cannot use CSS variables. */
export const canvasColor = (name: string) => cssColor(variables[name] ?? fallback);
