import { expose } from "comlink";
import { InferenceService } from "./inference-service.ts";

expose(new InferenceService());
