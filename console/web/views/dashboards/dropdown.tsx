import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

export interface DropdownProps {
  /**
   * Name for screen readers.
   * @default the text of the button
   */
  readonly label?: string;
  readonly text: ComponentChildren;
  readonly align?: 'left' | 'right';
  readonly class?: string;
  readonly children: (close: () => void) => ComponentChildren;
}

/** A button that opens a small panel. Escape, a click outside, or a loss of the focus closes the panel. */
export function Dropdown({ label, text, align = 'left', class: className = '', children }: DropdownProps) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (!isOpen) return;
    const outside = ({ target }: Event) => {
      if (target instanceof Node && !box.current?.contains(target)) setOpen(false);
    };
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      close();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    document.addEventListener('keydown', closeOnEscape, true);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
      document.removeEventListener('keydown', closeOnEscape, true);
    };
  }, [isOpen]);
  return (
    <div ref={box} class={`boards-dropdown ${className}`}>
      <button
        ref={button}
        type="button"
        aria-label={label}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {text}
      </button>
      {isOpen && <div class={`boards-dropdown-panel ${align}`}>{children(close)}</div>}
    </div>
  );
}
