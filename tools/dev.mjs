// npm run dev: the development server, which rebuilds as files change.
import { bin, must, setUp } from "./setup.mjs";

setUp();
must(bin("vite"), process.argv.slice(2));
