import { describe } from "vitest";
import { containerCases } from "./testing/container-cases.ts";

describe("the backup file, in the browser", containerCases);
