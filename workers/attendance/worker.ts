import { expose } from "comlink";
import { attendanceService } from "./attendance-service.ts";

expose(attendanceService());
