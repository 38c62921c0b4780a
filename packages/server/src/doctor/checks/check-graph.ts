import { newestGraphVersion } from '../../config/graph-version.ts';
import { minute } from '../../domain/durations.ts';
import { GraphError } from '../../ports/graph-error.ts';
import { checkOf, finding, type Finding } from '../check.ts';
import { needsApp, VersionUnknown } from '../facts.ts';
import { isTrouble } from '../is-trouble.ts';

/** Meta answers, and with the version that was asked for. It ends after all other calls to Meta. */
export const checkGraph = checkOf('graph', needsApp, async ({ facts, meta, options, clock }) => {
  const { graphVersion, graphUrl } = options.meta;
  const errors = (await facts.allOfMeta()).flatMap((call) => ('error' in call ? [call.error] : []));
  const served = new Set(
    meta.exchanges().flatMap(({ headers }) => {
      const version = headers['facebook-api-version'];
      return typeof version === 'string' && /^v\d{1,3}\.\d{1,2}$/.test(version) ? [version] : [];
    }),
  );
  const trouble = errors.find((error) => error instanceof GraphError && isTrouble(error));
  const other = [...served].find((version) => version !== graphVersion);
  const found = errors.some((error) => error instanceof VersionUnknown)
    ? [ofUnknownVersion(graphVersion)]
    : trouble instanceof GraphError
      ? [ofTrouble(trouble, graphUrl, clock.now())]
      : ofVersion(graphVersion, other);
  return {
    seen: served.size > 0 ? `answers as ${graphVersion}` : 'answers, and does not say with which version',
    findings: [...ofAddress(graphUrl), ...found],
  };
});

const metasUrl = 'https://graph.facebook.com';

function ofAddress(graphUrl: string): Finding[] {
  const { origin, hostname } = new URL(graphUrl);
  if (hostname.endsWith('.facebook.com')) return [];
  return [
    finding(
      'graph_not_metas',
      `points to ${origin}: a simulator?`,
      `Take meta.graphUrl (META_GRAPH_URL) out before customers come: it points to ${origin}, and Meta’s own is ${metasUrl}. Secrets of Meta’s are sent there.`,
    ),
  ];
}

function ofTrouble(error: GraphError, graphUrl: string, now: number): Finding {
  const { origin } = new URL(graphUrl);
  if (error.kind === 'unreachable') {
    const why = error.cause instanceof Error ? ` (${error.cause.message})` : '';
    return finding(
      'graph_unreachable',
      `no answer${why}`,
      `Let this machine connect to ${origin}: look at its network, firewall, proxy and DNS.`,
    );
  }
  if (error.kind === 'unreadable') {
    return finding(
      'graph_unreadable',
      'an answer that is not of Meta’s Graph API',
      `Look what answers at ${origin}: a proxy or firewall in between, or another meta.graphUrl (META_GRAPH_URL) than ${metasUrl}.`,
    );
  }
  if (error.kind === 'throttled') {
    return finding(
      'graph_busy',
      error.kind,
      `Meta takes no more calls of this app for now (${error.reason}): run this again ${whenAgain(error.retryAt, now)}.`,
    );
  }
  return finding('graph_busy', error.kind, `${error.message} Run this again later.`);
}

/** Every call before that makes the wait longer. */
function whenAgain(retryAt: number | undefined, now: number): string {
  if (retryAt === undefined) return 'in an hour';
  const minutes = Math.max(1, Math.ceil((retryAt - now) / minute));
  const time = new Date(retryAt).toISOString().replace(/\.\d+Z$/, 'Z');
  return `after ${time}, in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}`;
}

function ofUnknownVersion(asked: string): Finding {
  return finding(
    'graph_version_unknown',
    `Meta does not know ${asked}`,
    `Set meta.graphVersion (META_GRAPH_VERSION) to ${newestGraphVersion}, or take it out: Meta refuses every call as ${asked}.`,
  );
}

function ofVersion(asked: string, served: string | undefined): Finding[] {
  if (served !== undefined) {
    return [
      finding(
        'graph_version_served',
        `asked for ${asked}, answered by ${served}`,
        `Set meta.graphVersion (META_GRAPH_VERSION) to ${newestGraphVersion}: Meta no longer serves ${asked}, or not to this app (App Dashboard ▸ App settings ▸ Advanced ▸ Upgrade API version).`,
      ),
    ];
  }
  if (Number(asked.slice(1)) >= Number(newestGraphVersion.slice(1))) return [];
  return [
    finding(
      'graph_version_old',
      `${asked} is not the newest`,
      `Set meta.graphVersion (META_GRAPH_VERSION) to ${newestGraphVersion} once you have tried it: Meta takes a version away two years after the next one.`,
    ),
  ];
}
