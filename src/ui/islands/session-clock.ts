/** What /session/… answers, in whole seconds; null when the session is over. */
export interface TimeLeft {
  idleSeconds: number;
  limitSeconds: number;
  unusedSeconds: number;
}

/** What the reader is to be told. */
export type Told =
  | { kind: "fine" }
  | { kind: "idle"; unusedMinutes: number; minutesLeft: number }
  | { kind: "limit"; minutesLeft: number }
  | { kind: "over" }
  | { kind: "unreached" };

/**
 * What is kept from page to page, so that not every page has to ask: when the session ends whatever is done, and how
 * long it lasts without use.
 */
export interface Known {
  limitAt: number;
  idleSeconds: number;
}

/** What the clock is built on. `ask` and `goOn` throw when the server does not answer. */
export interface ClockParts {
  ask: () => Promise<TimeLeft | null>;
  goOn: () => Promise<TimeLeft | null>;
  tell: (what: Told) => void;
  recall: () => Known | null;
  remember: (known: Known) => void;
}

/** Told so long before the end, in seconds; WCAG 2.2.1 asks for twenty at least. */
const WARN_SECONDS = 120;
/** While the end is near, another window may have gone on. */
const ASK_AGAIN_SECONDS = 30;
/** The server does not write down a use within a minute of the one before. */
const UNWRITTEN_SECONDS = 60;

/**
 * Watches over one session: asks the server shortly before it may be over, and tells only what the server says, so that
 * other windows count. Who typed or clicked within the last two minutes is at work, and goes on without being asked.
 */
export class SessionClock {
  private readonly parts: ClockParts;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wakeAt = 0;
  private actedAt = Date.now();
  private isAsking = false;
  private told: Told["kind"] = "fine";

  constructor(parts: ClockParts) {
    this.parts = parts;
  }

  /** Begins with a page that has just come, which was a use of the session. */
  start(): void {
    const known = this.parts.recall();
    if (known === null) return void this.look();
    const idle = known.idleSeconds - UNWRITTEN_SECONDS;
    const limit = (known.limitAt - Date.now()) / 1000;
    this.wakeIn(Math.min(idle, limit) - WARN_SECONDS);
  }

  /** Somebody types or clicks; a warning is answered by its own buttons. */
  acted(): void {
    if (this.told === "fine") this.actedAt = Date.now();
  }

  /** The page comes back to sight: a device that slept has let its timers sleep too. */
  returned(): void {
    if (this.told !== "fine" || Date.now() >= this.wakeAt) void this.look();
  }

  /** 继续 was pressed. */
  async goOn(): Promise<void> {
    this.actedAt = Date.now();
    await this.hear(this.parts.goOn);
  }

  private async look(): Promise<void> {
    await this.hear(this.parts.ask);
  }

  private async hear(question: ClockParts["ask"]): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      this.judge(await question(), question);
    } catch {
      if (question === this.parts.goOn) this.say({ kind: "unreached" });
      this.wakeIn(ASK_AGAIN_SECONDS);
    } finally {
      this.isAsking = false;
    }
  }

  private judge(left: TimeLeft | null, question: ClockParts["ask"]): void {
    if (left === null) {
      clearTimeout(this.timer);
      this.say({ kind: "over" });
      return;
    }
    const { idleSeconds, limitSeconds, unusedSeconds } = left;
    const limitAt = Date.now() + limitSeconds * 1000;
    this.parts.remember({ limitAt, idleSeconds: idleSeconds + unusedSeconds });
    const seconds = Math.min(idleSeconds, limitSeconds);
    if (seconds <= WARN_SECONDS) {
      this.warn(left, question);
      return;
    }
    this.say({ kind: "fine" });
    this.wakeIn(seconds - WARN_SECONDS);
  }

  private warn(left: TimeLeft, question: ClockParts["ask"]): void {
    const isLimit = left.limitSeconds <= left.idleSeconds;
    const seconds = isLimit ? left.limitSeconds : left.idleSeconds;
    const idleHere = (Date.now() - this.actedAt) / 1000;
    const isAtWork = this.told === "fine" && idleHere < WARN_SECONDS;
    if (isAtWork && !isLimit && question === this.parts.ask) {
      this.wakeIn(0, this.parts.goOn);
      return;
    }
    // A moment later than the end, so that the answer is that it is over.
    this.wakeIn(Math.min(ASK_AGAIN_SECONDS, seconds + 1));
    const minutesLeft = Math.max(1, Math.ceil(seconds / 60));
    const unusedMinutes = Math.floor(Math.min(left.unusedSeconds, idleHere) / 60);
    this.say(
      isLimit ? { kind: "limit", minutesLeft } : { kind: "idle", unusedMinutes, minutesLeft },
    );
  }

  private say(what: Told): void {
    this.told = what.kind;
    this.parts.tell(what);
  }

  private wakeIn(seconds: number, question = this.parts.ask): void {
    clearTimeout(this.timer);
    const wait = Math.max(0, seconds * 1000);
    this.wakeAt = Date.now() + wait;
    this.timer = setTimeout(() => void this.hear(question), wait);
  }
}
