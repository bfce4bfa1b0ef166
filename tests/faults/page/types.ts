import type { TappedKey } from "./tap.ts";

/** What the harness page is opened with. */
export interface OpenOptions {
  /** Where the page's clock begins, ms since 1970. It moves by {@link CoreOnPage.pass} and by {@link STEP_MS} with each punch, so that every punch has a time of its own. */
  readonly startMs: number;
  /** The control: transactions that are not synced and no second copy. It must lose data. */
  readonly relaxed?: boolean;
  readonly prefix?: string;
  readonly quotaBytes?: number;
  /** Size and limit of the second copy. */
  readonly journal?: { readonly segmentBytes: number; readonly spares: number; readonly quotaBytes: number };
  /** The bytes of all keys are noted, for {@link CoreOnPage.secrets}. */
  readonly tap?: boolean;
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
  readonly timeState?: string;
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
  /** Whose template is in force, and opens in the matcher where there is one. */
  readonly templates: readonly string[];
  readonly epoch: number;
}

/**
 * What goes on until the page is gone: punches, and requests with a file each. `turning`: between punches the epoch's keys are replaced. `erasing`: people are
 * enrolled and take their consent back, over and over, between punches.
 */
export type Activity = "punching" | "turning" | "erasing";

/** What the page tells the test as it happens. */
export type Told =
  | { readonly kind: "punch"; readonly punch: SeenPunch }
  /** Something other than a punch was begun, or acknowledged. */
  | { readonly kind: "begun" | "done"; readonly what: "turn" | "enrol" | "erase" | "file"; readonly personId?: string }
  | { readonly kind: "failed"; readonly reason: string };

/** What the disk is searched for, base64. */
export interface Secrets {
  readonly keys: readonly TappedKey[];
  /** What lies on the disk of somebody's face, by person: sealed references and wrapped face key. */
  readonly sealed: Readonly<Record<string, { readonly envelope: string; readonly wrappedKey: string }>>;
  /** Wrapped keys of what came with requests, by paper. */
  readonly contentKeys: Readonly<Record<string, string>>;
}

/** A request that was approved: its papers, and the bytes of its file and of the keys that were made for it, base64. */
export interface Declared {
  readonly papers: readonly string[];
  readonly file: string;
  readonly keys: readonly string[];
}

/** The core on the harness page. */
export interface CoreOnPage {
  /** @throws Error with the failure's kind when the core does not open */
  open(options: OpenOptions): Promise<Opened>;
  setUp(): Promise<void>;
  people(): readonly string[];
  /** @returns their ids */
  addPeople(count: number): Promise<readonly string[]>;
  /** Consent and sealed references of nobody, in the order of the people. @returns the references' bytes as base64, by person */
  enrol(people: readonly string[], references?: number): Promise<Readonly<Record<string, readonly string[]>>>;
  /** One punch. */
  punch(personId: string): Promise<SeenPunch>;
  /** Hands a request in with a file: an entry and two papers in one step. @returns the file's bytes as base64 */
  file(personId: string): Promise<string>;
  /** A request that is decided, with a health declaration and a file. The bytes of keys are told where they are noted. */
  declare(personId: string): Promise<Declared>;
  /** Goes through the schedule as its owner would. @returns how many erasures were carried out */
  runSchedule(): Promise<number>;
  /** At full speed until the page is gone. Whatever is acknowledged is told to the test. */
  act(activity: Activity, people: readonly string[]): void;
  /** Ends it after the step that is on its way. */
  rest(): Promise<void>;
  /** Replaces the epoch's keys. */
  turn(): Promise<void>;
  /** Takes somebody's consent back: the face is erased. */
  withdraw(personId: string): Promise<void>;
  /** A PIN for somebody, in the clear. */
  issuePin(personId: string): Promise<string>;
  /** Keeps a pairing with a hub that is not asked. */
  keepToken(token: string): Promise<void>;
  secrets(): Promise<Secrets>;
  audit(): Promise<Audit>;
  pass(ms: number): void;
  /** Moves the two clocks apart, or not. */
  move(wallMs: number, monoMs: number): void;
  /** A trusted clock says this time. */
  anchor(trustedMs: number): Promise<void>;
  /** One punch with the clock as it stands. */
  punchNow(personId: string): Promise<SeenPunch>;
  close(): void;
}
