import { describe } from "vitest";
import { containerCases } from "../../../tests/support/backup/container-cases.ts";

describe("the backup file, in the browser", containerCases);
