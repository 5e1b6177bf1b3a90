import { useEffect } from 'preact/hooks';

/**
 * Steps of the animation per second. Each step paints the dashes. This takes a third of the processor time of an open
 * map.
 */
const stepsPerSecond = 3;
/** Units of the picture. */
export const dash = { length: 6, gap: 12 } as const;
const period = dash.length + dash.gap;

/**
 * Distance that the dashes move in each step, in units of the picture. It must be less than half of the period, which
 * is the length of a dash and its gap. Otherwise the dashes would seem to move backwards.
 */
export const speeds = { slow: 2.5, medium: 5, fast: 8 } as const;
export type Speed = keyof typeof speeds;

/** A rate up to 1 is slow, and a rate above 30 is fast, in any unit. */
export function speedOf(rate: number): Speed {
  if (rate <= 1) return 'slow';
  return rate > 30 ? 'fast' : 'medium';
}

/**
 * Moves the dashes of groups with `data-speed`. They stand still on a hidden page, or if the user prefers reduced
 * motion. A CSS animation would paint sixty times a second.
 */
export function useFlowAnimation(element: { readonly current: SVGSVGElement | null }): void {
  useEffect(() => {
    const reduced = matchMedia('(prefers-reduced-motion: reduce)');
    let steps = 0;
    const timer = setInterval(() => {
      if (document.hidden || reduced.matches) return;
      steps += 1;
      for (const group of element.current?.querySelectorAll<SVGGElement>('[data-speed]') ?? []) {
        const moved = steps * speeds[group.dataset.speed as Speed];
        group.setAttribute('stroke-dashoffset', String(-(moved % period)));
      }
    }, 1000 / stepsPerSecond);
    return () => clearInterval(timer);
  }, []);
}
