/** What the harness page is opened with. */
export interface OpenOptions {
  /** Where the page's clock begins, ms since 1970. It moves by {@link CoreOnPage.pass} and by {@link STEP_MS} with each punch, so that every punch has a time of its own. */
  readonly startMs: number;
  /** The control: transactions that are not synced and no second copy. It must lose data. */
  readonly relaxed?: boolean;
  readonly prefix?: string;
  readonly quotaBytes?: number;
  /** The app's matcher worker stays open, so that people can be enrolled and erased. */
  readonly matcher?: boolean;
}

/** Between two punches, milliseconds: none is inside another's duplicate window. */
export const STEP_MS = 600_000;

/** How the core came up. */
export interface Opened {
  /** From the page's start to a core that takes a punch, milliseconds. */
  readonly readyMs: number;
  readonly setUp: boolean;
  readonly people: readonly string[];
  readonly length: number;
  readonly epoch: number;
}

/** One punch as the ledger acknowledged it, or as the log holds it. */
export interface SeenPunch {
  readonly seq: number;
  readonly receipt: string;
  readonly personId: string;
  readonly wallMs: number;
}

/** What a walk through the whole log found. */
export interface Audit {
  readonly length: number;
  /** Empty when the chain is whole, and nothing is torn or half there. */
  readonly problems: readonly string[];
  readonly punches: readonly SeenPunch[];
  /** `type` of every entry, in order. */
  readonly types: readonly string[];
  readonly quarantined: readonly string[];
  readonly people: number;
  readonly templates: number;
  readonly epoch: number;
}

/** The core on the harness page. */
export interface CoreOnPage {
  /** @throws Error with the failure's kind when the core does not open */
  open(options: OpenOptions): Promise<Opened>;
  setUp(): Promise<void>;
  /** @returns their ids */
  addPeople(count: number): Promise<readonly string[]>;
  /** Consent and sealed references of nobody, in the order of the people. @returns the references' bytes as base64, by person */
  enrol(people: readonly string[], references?: number): Promise<Readonly<Record<string, readonly string[]>>>;
  /** One punch. */
  punch(personId: string): Promise<SeenPunch>;
  /** One after the other, at full speed, until the page is gone. Each that was acknowledged is told to the test. */
  punchOn(people: readonly string[]): void;
  audit(): Promise<Audit>;
  pass(ms: number): void;
  close(): void;
}
