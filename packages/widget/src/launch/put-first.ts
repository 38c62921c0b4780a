/** The numbers that Meta's window is given, as far as they are looked at here. */
interface Offer {
  setup?: { preVerifiedPhone?: { ids?: string[] } };
}

/**
 * The same extras with one of the held numbers before the others: of several, Meta shows only the first (pre-filled data
 * page). An id that is not among them changes nothing, so a page cannot bring in a number of its own.
 */
export function putFirst(extras: Record<string, unknown>, id: string | undefined): Record<string, unknown> {
  // The server's own shape; whatever else it holds stays as it is.
  const { setup } = extras as Offer;
  const ids = setup?.preVerifiedPhone?.ids;
  if (!id || !ids?.includes(id)) return extras;
  const ordered = [id, ...ids.filter((other) => other !== id)];
  return { ...extras, setup: { ...setup, preVerifiedPhone: { ids: ordered } } };
}
