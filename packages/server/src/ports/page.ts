/** Asking for a page of a list. */
export interface PageQuery<Status extends string = string> {
  status?: Status | undefined;
  search?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** A page; `nextCursor` is absent on the last. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | undefined;
}
