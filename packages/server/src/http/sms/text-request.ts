/** Names and values, in whichever form they came; a name that stands there twice has two values. */
export type Fields = ReadonlyMap<string, readonly string[]>;

/** A body that was read, and is believed by nobody yet. */
export interface TextBody {
  isJson: boolean;
  /** `undefined` when it is neither a form nor an object of JSON. */
  fields: Fields | undefined;
  /** Whether `fields` is all that is in it: JSON may have lists and objects as well. */
  isFlat: boolean;
  /** Whether a parser before us took what a signature of names and values would be checked by. */
  isLost: boolean;
  /** As it was sent; `undefined` when a parser before us kept only what it made of it. */
  bytes: Uint8Array | undefined;
}

/** A request to `/sms`, which is believed by nobody yet. */
export interface TextRequest {
  /** One value of a header, whatever its letters' case. */
  header(name: string): string | undefined;
  /** What the provider called, as Express sees it: scheme, host, path and query. */
  address: string;
  /** What follows the first `?` of the address. */
  query: string;
  /** `undefined` for GET. */
  body: TextBody | undefined;
}

/** What a request says, once it is known who sent it. A member is `undefined` when there is none: not every webhook is a text. */
export interface SignedText {
  to: string | undefined;
  body: string | undefined;
}

/** The only value of a field. */
export function only(fields: Fields | undefined, name: string): string | undefined {
  const values = fields?.get(name);
  return values?.length === 1 ? values[0] : undefined;
}

/** The fields of a form, or of a query. */
export function fieldsOfForm(form: string): Fields {
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(form)) {
    const values = fields.get(name);
    if (values === undefined) fields.set(name, [value]);
    else values.push(value);
  }
  return fields;
}
