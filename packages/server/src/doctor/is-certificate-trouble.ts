/** Whether a code of Node's is about a certificate. */
export function isCertificateTrouble(code: string): boolean {
  return /CERT|SELF_SIGNED|^ERR_TLS|UNABLE_TO_(VERIFY|GET)|EPROTO|^ERR_SSL/.test(code);
}
