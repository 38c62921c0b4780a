/**
 * The look. System colours and `light-dark` follow the page's `color-scheme`, so the element is never dark on a
 * page that is not, and keeps its shape where the system forces its own colours.
 */
export const styles = `
  :host {
    --accent: var(--embedded-signup-accent, light-dark(#0b7350, #4fd6a0));
    --line: color-mix(in srgb, currentColor 18%, transparent);
    --radius: var(--embedded-signup-radius, 14px);
    display: block;
    max-width: 26rem;
    font: var(--embedded-signup-font, 1rem/1.5 system-ui, sans-serif);
  }
  :host([hidden]) {
    display: none;
  }
  [part='card'] {
    display: grid;
    gap: 1rem;
    padding: 1.5rem;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--embedded-signup-surface, Canvas);
    color: var(--embedded-signup-text, CanvasText);
    outline: 0;
  }
  p,
  ol {
    margin: 0;
    padding: 0;
    overflow-wrap: anywhere;
  }
  b {
    font-size: 1.2em;
    font-weight: 600;
  }
  small,
  [part='hint'] {
    font-size: 0.875em;
    opacity: 0.75;
  }
  [part='number'] {
    display: grid;
    padding: 0.75rem 1rem;
    border-radius: var(--radius);
    background: color-mix(in srgb, var(--accent) 9%, transparent);
    font-variant-numeric: tabular-nums;
  }
  [part~='status'],
  li {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    padding: 0.25rem 0;
  }
  [part~='trouble'] {
    color: var(--embedded-signup-trouble, light-dark(#a3261b, #ff9d8f));
  }
  li::before,
  [part='spinner'] {
    content: '';
    box-sizing: border-box;
    flex: none;
    width: 1.25rem;
    height: 1.25rem;
    border: 2px solid var(--line);
    border-radius: 50%;
    font: 700 0.8rem/1rem system-ui;
    text-align: center;
  }
  [aria-current]::before {
    border-color: var(--accent);
  }
  [part~='done']::before {
    content: '✓' / '';
    border-color: var(--accent);
    background: var(--accent);
    color: Canvas;
  }
  [part='spinner'] {
    border-top-color: var(--accent);
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @media (prefers-reduced-motion) {
    [part='spinner'] {
      animation-duration: 4s;
    }
  }
  button {
    padding: 0.75rem;
    border: 1px solid transparent;
    border-radius: var(--radius);
    background: var(--accent);
    color: var(--embedded-signup-on-accent, Canvas);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  button:hover {
    filter: brightness(1.1);
  }
  button[aria-disabled] {
    opacity: 0.6;
    cursor: default;
  }
  button:focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  @media (forced-colors: active) {
    button,
    [part~='done']::before {
      color: ButtonText;
    }
  }
`;
