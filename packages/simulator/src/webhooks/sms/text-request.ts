/** What a provider posts for one text. */
export interface TextRequest {
  readonly headers: Readonly<Record<string, string>>;
  /** ASCII. */
  readonly body: string;
}
