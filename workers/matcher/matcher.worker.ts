import { expose } from "comlink";
import { MatcherService } from "./matcher-service.ts";

expose(new MatcherService());
