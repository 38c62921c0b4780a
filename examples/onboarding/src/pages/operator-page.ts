import { demoCustomers } from '../customers.ts';
import { claimDialogs } from './claim-dialogs.ts';
import { html, type Fragment, type Html } from './html.ts';
import { layout } from './layout.ts';
import { numberDialogs } from './number-dialogs.ts';
import { serviceDialogs } from './service-dialogs.ts';

/** The page of Harbor's staff. Its script fills the tables from the kit's operator API. */
export function operatorPage(): Html {
  const names = Object.fromEntries(demoCustomers.map(({ id, name }) => [id, name]));
  const content = html`<div class="operator" id="operator" data-customers="${JSON.stringify(names)}">
      <div class="title-row">
        <div>
          <h1>Numbers and claims</h1>
          <p class="small" id="updated">Loading …</p>
          <p id="done" role="status"></p>
        </div>
        <div class="actions">
          <button class="button" id="add" type="button" aria-haspopup="dialog">Add numbers</button>
          <button class="quiet" id="sync" type="button">Sync pool with Meta</button>
        </div>
      </div>
      <p class="problem" id="problem" role="alert" hidden></p>
      <dl class="tiles">
        ${tile('free', 'Free')} ${tile('held', 'Held')} ${tile('claimed', 'Claimed')}
        ${tile('unverified', 'Not verified')} ${tile('lapsed', 'Lapsed')}
        ${tile('attention', 'Claims that need you')}
      </dl>
      ${table({
        id: 'claims',
        title: 'Claims',
        columns: ['Customer', 'Number', 'Source', 'WABA', 'Status', 'Actions'],
        empty: 'No claims yet. They appear here when a customer finishes Meta’s window.',
      })}
      ${table({
        id: 'numbers',
        title: 'Pool',
        columns: ['Number', 'State', 'Verified until', 'Customer', 'Actions'],
        empty: 'The pool is empty. Press “Add numbers”, or “Sync pool with Meta” if Meta has some already.',
      })}
    </div>
    ${numberDialogs()} ${claimDialogs()} ${serviceDialogs()}`;
  return layout({
    title: 'Numbers and claims',
    content,
    visitor: { role: 'staff' },
    styles: ['operator.css'],
    scripts: ['operator/page.js'],
    look: 'wide',
  });
}

function tile(id: string, name: string): Fragment {
  return html`<div class="tile tile-${id}">
    <dt>${name}</dt>
    <dd id="count-${id}">–</dd>
  </div>`;
}

interface TableParts {
  id: string;
  title: string;
  columns: readonly string[];
  /** Shown instead of rows. */
  empty: string;
}

function table({ id, title, columns, empty }: TableParts): Fragment {
  return html`<div class="card listing">
    <h2 id="${id}-title">${title}</h2>
    <p class="small to-the-side" hidden>There is more to the right: scroll the table sideways.</p>
    <div class="scroll" role="region" aria-labelledby="${id}-title" tabindex="0">
      <table id="${id}" hidden>
        <thead>
          <tr>
            ${columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody></tbody>
      </table>
    </div>
    <p class="empty" id="${id}-empty" hidden>${empty}</p>
    <p class="small" id="${id}-more" hidden>Only the first 200 are shown.</p>
  </div>`;
}
