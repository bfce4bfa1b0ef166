import { expose } from "comlink";
import { LandmarkService } from "./landmark-service.ts";

expose(new LandmarkService());
