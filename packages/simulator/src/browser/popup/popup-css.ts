/** The text of `/dialog/popup.css`. */
export const POPUP_CSS = `
:root { color-scheme: light; --ink: #1b2430; --soft: #566273; --line: #cfd6df; --accent: #0b6b57; --tint: #eaf5f1; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; min-height: 100vh; background: #f3f5f8; color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
.banner { margin: 0; padding: .5rem 1rem; background: #fff1c9; color: #553c00; text-align: center; font-size: .875rem;
  font-weight: 600; border-bottom: 1px solid #ecd58a; }
main { width: min(100% - 2rem, 30rem); margin: 1.5rem auto; padding: 1.5rem; background: #fff; border-radius: 1rem;
  box-shadow: 0 1px 2px #1b243014, 0 8px 24px #1b243014; }
.position { margin: 0; color: var(--soft); font-size: .875rem; }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 1.25rem 0 .25rem; font-size: 1rem; }
.intro { margin: 0 0 1.25rem; color: var(--soft); }
.problem { margin: 0 0 1.25rem; padding: .75rem 1rem; background: #fdecec; color: #8c1515; border-radius: .5rem; }
fieldset { margin: 0; padding: 0; border: 0; }
legend, form > label, .revealed-by-new > label, .revealed-by-own > label { display: block; padding: 0; margin-bottom: .5rem;
  font-weight: 600; }
.choice { position: relative; display: grid; grid-template-columns: auto 1fr; column-gap: .75rem; align-items: center;
  padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .75rem; margin-bottom: .5rem; }
.choice:has(:checked) { border-color: var(--accent); background: var(--tint); box-shadow: inset 0 0 0 1px var(--accent); }
.choice:hover { border-color: var(--accent); }
.choice input { position: relative; z-index: 1; grid-row: span 2; width: 1.125rem; height: 1.125rem; margin: 0; accent-color: var(--accent); }
.choice label { font-weight: 600; }
.choice label::after { content: ''; position: absolute; inset: 0; cursor: pointer; }
.detail { color: var(--soft); font-size: .875rem; }
.revealed-by-new, .revealed-by-own { display: none; margin-top: 1rem; }
form:has(#business-new:checked) .revealed-by-new, form:has(#number-own:checked) .revealed-by-own { display: block; }
input:not([type=radio]) { width: 100%; padding: .625rem .75rem; border: 1px solid #7d8896; border-radius: .5rem;
  font: inherit; color: inherit; }
#code { letter-spacing: .25em; font-size: 1.25rem; }
.hint { margin: .375rem 0 0; color: var(--soft); font-size: .875rem; }
.demo { margin: .75rem 0 0; padding: .625rem .75rem; background: #fff8e2; border: 1px dashed #d9b955; border-radius: .5rem;
  font-size: .875rem; }
.resend { margin: .5rem 0 0; text-align: center; }
button { font: inherit; cursor: pointer; border-radius: .625rem; }
.main { display: block; width: 100%; margin-top: 1.5rem; padding: .75rem; border: 0; background: var(--accent); color: #fff;
  font-weight: 600; }
.main:hover { background: #095948; }
.others { display: flex; justify-content: center; gap: .5rem; margin-top: .5rem; }
.quiet { padding: .5rem 1.25rem; border: 0; background: none; color: var(--ink); }
.quiet:hover { background: #eef1f5; }
.link { padding: .25rem 0; border: 0; background: none; color: var(--accent); text-decoration: underline; }
:focus-visible { outline: 3px solid #1f6feb; outline-offset: 2px; }
.choice:has(:focus-visible) { outline: 3px solid #1f6feb; outline-offset: 2px; }
.choice input:focus-visible { outline: none; }
dl { margin: 0; border: 1px solid var(--line); border-radius: .75rem; padding: .25rem 1rem; }
dt { margin-top: .625rem; color: var(--soft); font-size: .875rem; }
dd { margin: 0 0 .625rem; font-weight: 600; overflow-wrap: anywhere; }
ul { margin: 0; padding-left: 1.25rem; }
@media (max-width: 30rem) { main { width: 100%; margin: 0; border-radius: 0; box-shadow: none; } }
`;
