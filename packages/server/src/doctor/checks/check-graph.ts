import { GraphError } from '../../ports/graph-error.ts';
import { checkOf, finding, type Finding } from '../check.ts';
import { needsApp } from '../facts.ts';
import { isTrouble } from '../is-trouble.ts';

/** Change it with the default of `meta.graphVersion`. */
export const newestKnownVersion = 'v26.0';

/** Meta answers, and with the version that was asked for. It ends after all other calls to Meta. */
export const checkGraph = checkOf('graph', needsApp, async ({ facts, meta, options }) => {
  const { graphVersion, graphUrl } = options.meta;
  const calls = await facts.allOfMeta();
  const trouble = calls
    .map((call) => ('error' in call ? call.error : undefined))
    .find((error): error is GraphError => error instanceof GraphError && isTrouble(error));
  if (trouble !== undefined) return { seen: '', findings: [ofTrouble(trouble, graphUrl)] };
  const served = new Set(
    meta.exchanges().flatMap(({ headers }) => {
      const version = headers['facebook-api-version'];
      return typeof version === 'string' && /^v\d{1,3}\.\d{1,2}$/.test(version) ? [version] : [];
    }),
  );
  const other = [...served].find((version) => version !== graphVersion);
  return { seen: `answers as ${graphVersion}`, findings: ofVersion(graphVersion, other) };
});

function ofTrouble(error: GraphError, graphUrl: string): Finding {
  const { host } = new URL(graphUrl);
  if (error.kind === 'unreachable') {
    const why = error.cause instanceof Error ? ` (${error.cause.message})` : '';
    return finding(
      'graph_unreachable',
      `no answer${why}`,
      `Let this machine connect to https://${host}: look at its network, firewall, proxy and DNS.`,
    );
  }
  if (error.kind === 'unreadable') {
    return finding(
      'graph_unreadable',
      'an answer that is not Meta’s',
      `Look what answers at ${host}: a proxy or firewall in between, or another meta.graphUrl (META_GRAPH_URL) than https://graph.facebook.com.`,
    );
  }
  return finding('graph_busy', error.kind, `${error.message} Run this again later.`);
}

function ofVersion(asked: string, served: string | undefined): Finding[] {
  if (served !== undefined) {
    return [
      finding(
        'graph_version_served',
        `asked for ${asked}, answered by ${served}`,
        `Set meta.graphVersion (META_GRAPH_VERSION) to ${newestKnownVersion}: Meta no longer serves ${asked}, or not to this app (App Dashboard ▸ App settings ▸ Advanced ▸ Upgrade API version).`,
      ),
    ];
  }
  if (Number(asked.slice(1)) >= Number(newestKnownVersion.slice(1))) return [];
  return [
    finding(
      'graph_version_old',
      `${asked} is not the newest`,
      `Set meta.graphVersion (META_GRAPH_VERSION) to ${newestKnownVersion} once you have tried it: Meta takes a version away two years after the next one.`,
    ),
  ];
}
