/** The text of `/dialog/popup.css`. */
export const POPUP_CSS = `
:root { color-scheme: light dark;
  --page: #f3f5f8; --card: #fff; --ink: #1b2430; --soft: #566273; --line: #cfd6df; --edge: #7d8896; --hover: #eef1f5;
  --accent: #0b6b57; --accent-strong: #095948; --on-accent: #fff; --tint: #eaf5f1; --focus: #1f6feb;
  --bad: #8c1515; --bad-tint: #fdecec; --note: #553c00; --note-tint: #fff8e2; --note-line: #d9b955; }
@media (prefers-color-scheme: dark) { :root {
  --page: #12161c; --card: #1b212a; --ink: #e7ebf1; --soft: #a5b0bf; --line: #3a4452; --edge: #8490a1; --hover: #28303c;
  --accent: #4fc3a4; --accent-strong: #74d4ba; --on-accent: #06231c; --tint: #18332d; --focus: #79b0ff;
  --bad: #ffb4ae; --bad-tint: #45191b; --note: #f6dd9a; --note-tint: #362c12; --note-line: #8a7330; } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; min-height: 100vh; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
.banner { padding: .375rem 1rem; background: var(--note-tint); color: var(--note); text-align: center;
  font-size: .8125rem; font-weight: 600; border-bottom: 1px solid var(--note-line); }
main { width: min(100% - 2rem, 30rem); margin: 1.5rem auto; padding: 1.5rem; background: var(--card);
  border-radius: 1rem; box-shadow: 0 1px 2px #0000000f, 0 8px 24px #00000014; }
.progress { display: flex; gap: .375rem; margin-bottom: .75rem; }
.progress span { flex: 1; height: .25rem; border-radius: .25rem; background: var(--line); }
.progress .done { background: var(--accent); }
.position { margin: 0; color: var(--soft); font-size: .875rem; }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 1.25rem 0 .25rem; font-size: 1rem; }
.intro { margin: 0 0 1.25rem; color: var(--soft); }
.problem, .notice { margin: 0 0 1.25rem; padding: .75rem 1rem; border-radius: .5rem; overflow-wrap: anywhere; }
.problem { background: var(--bad-tint); color: var(--bad); }
.notice { background: var(--tint); color: var(--ink); }
fieldset { margin: 0; padding: 0; border: 0; min-width: 0; }
legend, form > label, [class^=revealed] > label { display: block; padding: 0; margin-bottom: .375rem; font-weight: 600; }
.choice { position: relative; display: grid; grid-template-columns: auto 1fr; column-gap: .75rem; align-items: center;
  padding: .625rem 1rem; border: 1px solid var(--line); border-radius: .75rem; margin-bottom: .5rem; }
.choice:has(:checked) { border-color: var(--accent); background: var(--tint); box-shadow: inset 0 0 0 1px var(--accent); }
.choice:hover { border-color: var(--accent); }
.choice input { position: relative; z-index: 1; grid-row: span 2; width: 1.125rem; height: 1.125rem; margin: 0;
  accent-color: var(--accent); }
.choice label { font-weight: 600; overflow-wrap: anywhere; }
.choice label::after { content: ''; position: absolute; inset: 0; cursor: pointer; }
.compact .choice { padding: .375rem .75rem; margin-bottom: .375rem; }
.compact .choice label { font-weight: 500; }
.compact + label { margin-top: 1rem; }
.detail { color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
[class^=revealed] { display: none; margin-top: 1rem; }
form:has(#business-new:checked) .revealed-by-new, form:has(#number-own:checked) .revealed-by-own,
form:has(#number-business-app:checked) .revealed-by-business-app { display: block; }
[class^=revealed] > input + label { margin-top: .75rem; }
input:not([type=radio]) { width: 100%; padding: .625rem .75rem; border: 1px solid var(--edge); border-radius: .5rem;
  background: var(--card); font: inherit; color: inherit; }
input[aria-invalid] { border-color: var(--bad); box-shadow: inset 0 0 0 1px var(--bad); }
#code { letter-spacing: .25em; font-size: 1.25rem; }
.hint { margin: .375rem 0 0; color: var(--soft); font-size: .875rem; }
.demo { margin: .75rem 0 0; padding: .625rem .75rem; background: var(--note-tint); color: var(--note);
  border: 1px dashed var(--note-line); border-radius: .5rem; font-size: .875rem; }
button, a.main { font: inherit; cursor: pointer; border-radius: .625rem; }
.main { display: block; width: 100%; margin-top: 1.25rem; padding: .75rem; border: 0; background: var(--accent);
  color: var(--on-accent); font-weight: 600; text-align: center; text-decoration: none; transition: background .15s; }
a.main { font-weight: 600; }
.main:hover { background: var(--accent-strong); }
.aside { display: flex; flex-wrap: wrap; justify-content: center; gap: .25rem 1.25rem; margin: .5rem 0 0; }
.others { display: flex; justify-content: center; gap: .5rem; margin-top: .5rem; }
.quiet { padding: .5rem 1.25rem; border: 0; background: none; color: var(--ink); transition: background .15s; }
.quiet:hover { background: var(--hover); }
.link { padding: .25rem .375rem; border: 0; background: none; color: var(--accent); text-decoration: underline; }
.link:hover { color: var(--accent-strong); }
.report { margin: .75rem 0 0; padding-top: .5rem; border-top: 1px solid var(--line); text-align: center; }
.report .link { color: var(--soft); font-size: .875rem; }
.report .link:hover { color: var(--ink); }
.sign { display: grid; place-items: center; width: 3rem; height: 3rem; margin: 0 0 .75rem; border-radius: 50%;
  background: var(--line); color: var(--ink); font-size: 1.5rem; line-height: 1; }
.sign::before { content: '\\00d7'; }
.sign.done { background: var(--accent); color: var(--on-accent); }
.sign.done::before { content: '\\2713'; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.choice:has(:focus-visible) { outline: 3px solid var(--focus); outline-offset: 2px; }
.choice input:focus-visible { outline: none; }
dl { margin: 0; border: 1px solid var(--line); border-radius: .75rem; padding: .25rem 1rem; }
dt { margin-top: .5rem; color: var(--soft); font-size: .875rem; }
dd { margin: 0 0 .5rem; font-weight: 600; overflow-wrap: anywhere; }
ul { margin: 0; padding-left: 1.25rem; }
@media (min-width: 30.0625rem) { dl { display: grid; grid-template-columns: 2fr 3fr; column-gap: 1rem; align-items: baseline; }
  dt, dd { margin: .3125rem 0; } }
@media (max-width: 30rem) {
  body { background: var(--card); }
  main { width: 100%; margin: 0; padding: 1.25rem 1rem; border-radius: 0; box-shadow: none; } }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; animation: none !important; } }
@media (forced-colors: active) { .progress .done { background: Highlight; } .choice:has(:checked) { outline: 2px solid Highlight; } }
`;
