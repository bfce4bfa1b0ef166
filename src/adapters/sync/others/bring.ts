import type { BringFailure, BringOtherDevices, Brought, ForeignRecordFailure } from "../../../app/ports/other-devices.ts";
import type { Segment } from "../../../app/ports/outbox.ts";
import type { Access } from "../../../app/ports/access.ts";
import type { EntryDraft } from "../../../domain/attendance/entries.ts";
import { failure } from "../../../domain/errors.ts";
import { err, ok } from "../../../domain/result.ts";
import type { Result } from "../../../domain/result.ts";
import { sha256 } from "../../crypto/digest.ts";
import { hexOf } from "../../../domain/log/cbor.ts";
import type { PairingText } from "../pairing-text.ts";
import type { Fetch } from "../push.ts";
import type { BucketShelf } from "./bucket-shelf.ts";
import { readSegmentFile, segmentFile } from "./file.ts";
import type { Intake, Taken } from "./intake.ts";
import { pullSegments } from "./pull.ts";

export interface BringOptions {
  readonly shelf: Pick<BucketShelf, "devices" | "progress" | "keepProgress" | "tell">;
  readonly intake: Intake;
  readonly access: Pick<Access, "check" | "ring"> & { append(entry: EntryDraft): Promise<Result<void, BringFailure>> };
  /** HR's private keys, while somebody who holds the role is signed in. */
  readonly keys: () => readonly Uint8Array[];
  readonly own: string;
  readonly pairing: () => Promise<PairingText | null>;
  readonly fetch: Fetch;
  /** Everything that this tablet has sealed, in order, after sealing what was not. */
  readonly ownSegments: () => Promise<readonly Segment[]>;
  readonly heartbeat: () => Promise<string>;
  /** Runs one after the other among all tabs. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
}

/** {@link BringOtherDevices} over the hub and over files. */
export class Bring implements BringOtherDevices {
  constructor(private readonly options: BringOptions) {}

  fromHub(signal?: AbortSignal): Promise<Result<Brought, BringFailure>> {
    return this.#bring(async (take, beat) => {
      const { pairing, fetch, shelf } = this.options;
      const hub = await pairing();
      if (hub === null) return err(failure("other-devices/no-hub"));
      const source = `${hub.hub} ${hub.site}`;
      return pullSegments({
        pairing: hub,
        fetch,
        signal,
        since: await shelf.progress(source),
        page: async (segments, upTo) => {
          for (const segment of segments) await take(segment);
          // After what it reaches is kept: cut in between, the same comes again.
          await shelf.keepProgress(source, upTo);
        },
        beat,
      });
    });
  }

  fromFile(file: Blob, signal?: AbortSignal): Promise<Result<Brought, BringFailure>> {
    return this.#bring(async (take, beat) => {
      const named: string[] = [];
      const whole = await readSegmentFile(file, async (line) => {
        signal?.throwIfAborted();
        if ("device" in line) named.push(line.device);
        else if ("heartbeat" in line) await beat(line.heartbeat);
        else await take(line.segment);
      });
      if (named.includes(this.options.own)) return err(failure("other-devices/own-file"));
      return whole ? ok() : err(failure("other-devices/not-a-file"));
    });
  }

  async toFile(): Promise<Result<Blob, BringFailure>> {
    const { access, own, ownSegments, heartbeat } = this.options;
    const allowed = access.check("records.export");
    if (!allowed.ok) return allowed;
    const said = await heartbeat();
    const segments = await ownSegments();
    const file = segmentFile(own, segments, said);
    const contentHash = hexOf(await sha256(new Uint8Array(await file.arrayBuffer())));
    const logged = await access.append({ type: "exported", subject: null, body: { by: allowed.value.userId, role: "hr", what: "sealed-records", department: null, people: access.ring?.reach.size ?? 0, segments: segments.length, contentHash } });
    return logged.ok ? ok(file) : logged;
  }

  async #bring(read: (take: (segment: Segment) => Promise<void>, beat: (text: string) => Promise<void>) => Promise<Result<void, BringFailure>>): Promise<Result<Brought, BringFailure>> {
    const { access, keys, intake, shelf, alone } = this.options;
    const allowed = access.check("records.read");
    if (!allowed.ok) return allowed;
    if (keys().length === 0) return err(failure("other-devices/not-signed-in"));
    return alone(async () => {
      let entries = 0;
      const refused = new Map<string, ForeignRecordFailure>();
      const note = (taken: Taken): void => {
        entries += taken.entries;
        if (taken.failure) refused.set(taken.device, taken.failure);
        // What was missing came later.
        else if (refused.get(taken.device)?.kind === "segment/gap" && taken.entries > 0) refused.delete(taken.device);
      };
      try {
        for (const { device } of await shelf.devices()) entries += await intake.again(device, keys());
        const done = await read(async (segment) => note(await intake.take(segment, keys())), async (text) => {
          await intake.beat(text);
        });
        // What came before it broke off is here.
        if (entries > 0 || done.ok) shelf.tell();
        return done.ok ? ok({ entries, refused: [...refused].map(([device, reason]) => ({ device, failure: reason })) }) : done;
      } catch (error) {
        return err(failure("other-devices/store-failed", error instanceof Error || error instanceof DOMException ? error.name : undefined));
      }
    });
  }
}
