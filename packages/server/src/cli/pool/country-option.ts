import { InvalidArgumentError, Option } from 'commander';
import { country } from '../../pool/country.ts';

/** Which country numbers without a calling code are of. */
export const countryOption = (): Option =>
  new Option(
    '--country <code>',
    'which country numbers without a calling code are of, ISO 3166-1 alpha-2, such as DE',
  ).argParser((text) => {
    const read = country.safeParse(text.toUpperCase());
    if (read.success) return read.data;
    throw new InvalidArgumentError('It must be an ISO 3166-1 alpha-2 code, such as DE.');
  });
