/** Someone on WhatsApp who writes to businesses and gets messages from them. */
export interface Customer {
  /** Their number, digits. */
  readonly waId: string;
  /** Name of their profile; it comes with what they write. */
  name: string;
  /** Stands for their present identity; another device or number owner has another one. */
  identityKeyHash: string;
}
