/** Whether a host name, as a URL holds it, is one that Meta cannot reach: of this machine or of a private network. */
export function isPrivateHost(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (name === 'localhost' || /\.(localhost|local|internal|lan|home\.arpa)$/.test(name)) return true;
  if (name.includes(':')) return /^(::1?$|f[cd]|fe[89ab]|::ffff:(7f|a|c0a8|ac1[0-9a-f]))/.test(name);
  const [first = -1, second = -1] = /^\d+\.\d+\.\d+\.\d+$/.test(name) ? name.split('.').map(Number) : [];
  return (
    first === 127 ||
    first === 10 ||
    first === 0 ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254) ||
    (first === 100 && second >= 64 && second <= 127)
  );
}

/** Whether it is this very machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
