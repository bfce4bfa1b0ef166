import { expose } from "comlink";
import type { SecretsWorker } from "../../src/contracts/secrets.ts";
import { derive } from "./derive.ts";

expose({ derive } satisfies SecretsWorker);
