/** What a message is about; a provider with templates has one for each. */
export type SmsKind = "code" | "notice";

/** A text message on its way out. */
export interface OutgoingSms {
  /** The same for every try: a gateway that has it already does not send it again. */
  id: string;
  kind: SmsKind;
  /** A mobile number of mainland China, 11 digits. */
  phone: string;
  text: string;
  /** The code that the text holds; empty without one. */
  code: string;
  /**
   * What changes from message to message, in order, for providers with templates: `code` of a code; `about` and
   * `words` of a notice (您的${about}${words}).
   */
  values: Readonly<Record<string, string>>;
}

/** What a provider says: it has the message, it may have it later, or it never will. */
export type SmsOutcome =
  | { kind: "accepted" }
  | { kind: "later"; problem: string }
  | { kind: "refused"; problem: string };

/** Whoever brings text messages to phones. */
export interface SmsProvider {
  send(message: OutgoingSms): Promise<SmsOutcome>;
}
