/**
 * The look. System colours and `light-dark` follow the page's `color-scheme`, so the element is never dark on a
 * page that is not, and keeps its shape where the system forces its own colours.
 */
export const styles = `
  :host {
    --accent: var(--embedded-signup-accent, light-dark(#0b7350, #4fd6a0));
    --on-accent: var(--embedded-signup-on-accent, light-dark(#fff, #000));
    --line: color-mix(in srgb, currentColor 18%, transparent);
    display: block;
    max-width: 26rem;
    font: var(--embedded-signup-font, 1rem/1.5 system-ui, sans-serif);
  }
  :host([hidden]) {
    display: none;
  }
  div {
    display: grid;
  }
  div,
  button {
    border-radius: var(--embedded-signup-radius, 14px);
  }
  [part=card] {
    gap: 1rem;
    padding: 1.5rem;
    border: 1px solid var(--line);
    background: var(--embedded-signup-surface, Canvas);
    color: var(--embedded-signup-text, CanvasText);
  }
  p,
  ol {
    margin: 0;
    padding: 0;
  }
  b {
    font-size: 1.2em;
  }
  small,
  [part=hint] {
    font-size: .875em;
    opacity: .75;
  }
  [part=number] {
    padding: .75rem 1rem;
    background: color-mix(in srgb, var(--accent) 9%, transparent);
  }
  [part~=status],
  li {
    display: flex;
    align-items: center;
    gap: .75rem;
    padding: .25rem 0;
  }
  [part~=trouble] {
    color: var(--embedded-signup-trouble, light-dark(#a3261b, #ff9d8f));
  }
  li::before,
  [part=spinner] {
    content: '';
    flex: none;
    width: 1rem;
    height: 1rem;
    border: 2px solid var(--line);
    border-radius: 50%;
    font: .8rem/1rem system-ui;
    text-align: center;
  }
  [part=spinner] {
    border-top-color: var(--accent);
  }
  [aria-current]::before,
  [part~=done]::before {
    border-color: var(--accent);
  }
  [part~=done]::before {
    content: '✓' / '';
    background: var(--accent);
    color: var(--on-accent);
  }
  @media (prefers-reduced-motion: no-preference) {
    [part=spinner] {
      animation: turn 1s linear infinite;
    }
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  button {
    padding: .75rem;
    border: 1px solid #0000;
    background: var(--accent);
    color: var(--on-accent);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  button:hover {
    filter: brightness(1.1);
  }
  button[aria-disabled] {
    opacity: .6;
    cursor: default;
  }
`;
