/**
 * The look. System colours and `light-dark` follow the page's `color-scheme`, so the element is never dark on a
 * page that is not, and keeps its shape where the system forces its own colours. What has a side is said by logical
 * properties only: the card is drawn in both directions of writing.
 */
export const styles = `
  :host {
    --accent: var(--embedded-signup-accent, light-dark(#0b7350, #4fd6a0));
    --on-accent: var(--embedded-signup-on-accent, light-dark(#fff, #000));
    --trouble: var(--embedded-signup-trouble, light-dark(#a3261b, #ff9d8f));
    --line: color-mix(in srgb, currentColor 18%, #0000);
    display: block;
    max-width: 26rem;
    font: var(--embedded-signup-font, 1rem/1.5 system-ui, sans-serif);
  }
  :host([hidden]) {
    display: none;
  }
  *,
  ::before {
    box-sizing: border-box;
    min-width: 0;
    margin: 0;
    padding: 0;
  }
  div,
  ol {
    display: grid;
    gap: .75rem;
  }
  div,
  button,
  input,
  [part=option] {
    border: 1px solid #0000;
    border-radius: var(--embedded-signup-radius, 14px);
  }
  [part=card] {
    gap: 1.25rem;
    padding: clamp(1rem, 6%, 1.75rem);
    border-color: var(--line);
    background: var(--embedded-signup-surface, Canvas);
    color: var(--embedded-signup-text, CanvasText);
    overflow-wrap: anywhere;
  }
  fieldset {
    border: 0;
  }
  b {
    font-size: 1.2em;
  }
  small,
  [part=hint],
  ol {
    font-size: .9em;
  }
  small,
  [part=hint] {
    opacity: .8;
  }
  button,
  input,
  [part=option] {
    padding: .5rem .75rem;
    min-height: max(2.75rem, 44px);
    font: inherit;
    cursor: pointer;
  }
  [part=number] {
    gap: 0;
    justify-items: start;
  }
  strong {
    display: inline-block;
  }
  [part=coach],
  [part=number],
  [part~=trouble],
  [part~=success],
  :has(> :checked) {
    padding: .75rem 1rem;
    background: color-mix(in srgb, var(--accent) 9%, #0000);
  }
  form,
  li,
  [part~=status],
  [part=option] {
    display: flex;
    gap: .75rem;
  }
  [part~=status],
  [part=option] {
    align-items: center;
  }
  [part~=status] {
    border: 0;
    text-wrap: pretty;
  }
  [part=option] {
    margin-top: .5rem;
    padding: .75rem 1rem;
    border-color: var(--line);
  }
  form {
    flex-wrap: wrap;
  }
  form > * {
    flex: 1 auto;
  }
  [part=code-label] {
    flex-basis: 100%;
    margin-bottom: -.5rem;
  }
  [part=code] {
    border-color: color-mix(in srgb, currentColor 60%, #0000);
    background: none;
    color: inherit;
  }
  [part=radio] {
    flex: none;
    width: 24px;
    min-height: 24px;
    accent-color: var(--accent);
  }
  i {
    position: absolute;
    clip-path: inset(50%);
  }
  li {
    counter-increment: n;
    line-height: 1.6;
  }
  li::before,
  [part=spinner],
  [part~=status]::before {
    flex: none;
    width: 24px;
    height: 24px;
    border: 2px solid var(--line);
    border-radius: 50%;
    font: 600 12px/20px system-ui;
    text-align: center;
  }
  li::before {
    content: counter(n);
  }
  [aria-current]::before,
  [part=coach-step]::before,
  [part~=done]::before,
  [part~=success]::before,
  :has(> :checked) {
    border-color: var(--accent);
  }
  [part~=done]::before,
  [part~=success]::before {
    content: '';
    background: var(--accent);
    clip-path: path(evenodd, 'M0 0h24v24H0zM6 12l5 5 8-9-1-1-7 8-4-4z');
  }
  [part~=success] {
    font-weight: 600;
  }
  [part~=trouble] {
    --accent: var(--trouble);
    color: var(--trouble);
  }
  [part~=trouble]::before {
    content: '!';
    border-color: currentColor;
  }
  [aria-invalid=true] {
    border-color: var(--trouble);
  }
  code {
    margin: 0 .5ch;
    user-select: all;
  }
  [part=spinner] {
    border-top-color: var(--accent);
    @media (prefers-reduced-motion: no-preference) {
      animation: turn 1s linear infinite;
    }
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  button {
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  [part~=secondary] {
    border-color: var(--line);
    background: none;
    color: inherit;
  }
  button:hover {
    opacity: .9;
  }
  button[aria-disabled] {
    opacity: .6;
    cursor: default;
  }
  :focus-visible {
    outline: 2px solid;
    outline-offset: 2px;
  }
  @media (forced-colors: active) {
    :host {
      --accent: CanvasText;
      --on-accent: Canvas;
      --line: GrayText;
    }
    button {
      forced-color-adjust: none;
    }
  }
`;
