import { callingCodeOf } from './calling-code.ts';

const COUNTRIES: Readonly<Record<string, string>> = Object.fromEntries(
  (
    '1 US,7 RU,20 EG,27 ZA,30 GR,31 NL,32 BE,33 FR,34 ES,36 HU,39 IT,40 RO,41 CH,43 AT,44 GB,45 DK,46 SE,47 NO,48 PL,' +
    '49 DE,51 PE,52 MX,54 AR,55 BR,56 CL,57 CO,58 VE,60 MY,61 AU,62 ID,63 PH,64 NZ,65 SG,66 TH,81 JP,82 KR,84 VN,' +
    '90 TR,91 IN,92 PK,94 LK,212 MA,234 NG,254 KE,351 PT,352 LU,353 IE,358 FI,380 UA,420 CZ,421 SK,852 HK,886 TW,' +
    '966 SA,971 AE,972 IL,973 BH,974 QA'
  )
    .split(',')
    .map((entry) => entry.split(' ')),
);

/**
 * The country (ISO 3166-1 alpha-2) that a number's calling code stands for, or undefined for one that is not known
 * here. A calling code shared by several countries is taken for its largest.
 */
export function countryOf(digits: string): string | undefined {
  return COUNTRIES[callingCodeOf(digits)];
}
