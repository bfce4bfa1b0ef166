import { expose } from "comlink";
import type { BadgeReaderWorker } from "../../src/contracts/badge-reader.ts";
import { readCode } from "./read-code.ts";

expose({ read: readCode } satisfies BadgeReaderWorker);
