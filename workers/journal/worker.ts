import { expose } from "comlink";
import { JournalFiles } from "./journal-files.ts";

expose(new JournalFiles());
