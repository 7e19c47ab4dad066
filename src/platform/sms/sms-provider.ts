/** A text message on its way out. */
export interface OutgoingSms {
  /** The same for every try: a gateway that has it already does not send it again. */
  id: string;
  /** A mobile number of mainland China, 11 digits. */
  phone: string;
  text: string;
  /** The code that the text holds, for gateways with templates; empty without one. */
  code: string;
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
