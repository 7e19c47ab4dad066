/** A page that does not exist, or that this visitor may not know about. Answered with 404. */
export class NotFound extends Error {}

/** The visitor is known and may not do this. Answered with 403, and the sentence where there is one. */
export class Forbidden extends Error {}

/** A request that no form of ours could have sent. Answered with 400 and the sentence. */
export class BadRequest extends Error {}

/** More than a form of ours takes in. Answered with 413 and the sentence; the page before still holds what was typed. */
export class TooLarge extends BadRequest {}

/** Too many tries from one visitor. Answered with 429 and the seconds to wait. */
export class TooManyRequests extends Error {
  readonly retryAfterSeconds: number;
  constructor(retryAfterSeconds: number) {
    super(`retry after ${retryAfterSeconds} s`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Something that the system stands on (its document store) cannot be reached; 503, and the log says what. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
}
