import { buildHolidays } from "./build.ts";

const made = await buildHolidays();
process.stdout.write(made ? "holidays: ready\n" : "holidays: in place\n");
