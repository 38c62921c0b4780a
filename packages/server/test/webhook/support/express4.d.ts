/** Express 4, installed under a name of its own. It comes without types. */
declare module 'express4' {
  const express4: unknown;
  export default express4;
}
