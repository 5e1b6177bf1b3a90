import { computed, effect, signal } from '@preact/signals';
import { onKeys } from './keys.ts';
import { address, navigate } from './router.ts';

const parameter = 'present';
const stepKey = 'tour-step';

/** Whether the page shows the presenter mode of the Tour. */
export function isPresenting(): boolean {
  return address.value.pathname === '/tour' && address.value.searchParams.has(parameter);
}

/** Whether a presentation has started. The presentation ends when the guide of the Tour opens. */
const hasStarted = signal(false);
effect(() => {
  if (isPresenting()) hasStarted.value = true;
  else if (address.value.pathname === '/tour') hasStarted.value = false;
});

/** Whether the presenter has followed a link of a slide. `startPresenting` returns to this slide. */
export const isAwayFromSlide = computed(() => hasStarted.value && !isPresenting());

/** Stores the open step. Presenter mode returns to this step from another view. */
export function rememberStep(id: string): void {
  sessionStorage.setItem(stepKey, id);
}

/** URL of a step in the guide or in presenter mode. */
export function stepPath(id: string, presenting: boolean): string {
  return `/tour?step=${encodeURIComponent(id)}${presenting ? `&${parameter}=1` : ''}`;
}

/** Opens presenter mode in full screen. If the browser does not allow full screen, presenter mode fills the window. */
export function startPresenting(): void {
  const onTour = address.value.pathname === '/tour' ? address.value.searchParams.get('step') : null;
  navigate(stepPath(onTour ?? sessionStorage.getItem(stepKey) ?? '', true));
  if (!document.fullscreenElement) document.documentElement.requestFullscreen?.().catch(() => {});
}

/** Leaves presenter mode and shows the same step in the guide. */
export function stopPresenting(): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  if (isPresenting()) navigate(stepPath(address.value.searchParams.get('step') ?? '', false));
}

/**
 * Registers the key `P`, which starts and ends presenter mode in every view except the window with the speaker notes.
 */
export function followPresenterKey(): void {
  onKeys(() =>
    address.value.pathname === '/notes'
      ? {}
      : {
          p: () => (isPresenting() ? stopPresenting() : startPresenting()),
        },
  );
}
