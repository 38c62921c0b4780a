import type { Settings } from '../../settings/settings.ts';
import { GraphError } from '../errors/graph-error.ts';
import { numberOf } from './api-version.ts';
import type { Parameters } from './parameters.ts';

/** Since this version `date_format` and `?ids=` of the root are errors (changelog); `pretty` and `debug` are ignored. */
const WITHOUT_OLD_PARAMETERS = 26;

/** What a call of this version may bring. */
interface VersionedCall {
  readonly version: string;
  readonly path: string;
  readonly parameters: Parameters;
}

/**
 * Applies what versions differ in, and returns the settings for this call: before v26.0, `date_format=U` writes times
 * in seconds; other formats are ignored. Throws GraphError 100 for parameters that v26.0 took away.
 */
export function applyVersionRules(
  settings: Settings,
  { version, path, parameters }: VersionedCall,
): Settings {
  const dateFormat = parameters.text('date_format');
  if (numberOf(version) >= WITHOUT_OLD_PARAMETERS) {
    if (dateFormat !== undefined) throw goneSince('date_format', version);
    if (path === '/' && parameters.text('ids') !== undefined) throw goneSince('ids', version);
  }
  return dateFormat === 'U' ? { ...settings, times: 'unix' } : settings;
}

function goneSince(name: string, version: string): GraphError {
  const message = `(#100) The parameter ${name} is not supported in ${version}`;
  return new GraphError({ status: 400, code: 100, message });
}
