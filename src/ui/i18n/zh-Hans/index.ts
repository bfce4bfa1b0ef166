import type { TemplateMap } from "./template-map.ts";
import { admin } from "./admin.ts";
import { adminAttest } from "./admin-attest.ts";
import { app } from "./app.ts";
import { common } from "./common.ts";
import { failures } from "./failures.ts";
import { help } from "./help.ts";
import { kioskAttendance } from "./kiosk-attendance.ts";
import { kioskOwn } from "./kiosk-own.ts";
import { kiosk } from "./kiosk.ts";
import { reasons } from "./reasons.ts";
import { reportFailures } from "./report-failures.ts";
import { reports } from "./reports.ts";
import { requestFailures } from "./request-failures.ts";
import { requests } from "./requests.ts";
import { retention } from "./retention.ts";
import { rules } from "./rules.ts";
import { schedule } from "./schedule.ts";
import { witness } from "./witness.ts";

/** All Chinese texts by id; an id belongs to one area only. */
export const templates: TemplateMap = { ...admin, ...adminAttest, ...app, ...common, ...failures, ...kiosk, ...help, ...kioskAttendance, ...kioskOwn, ...reasons, ...reportFailures, ...reports, ...requestFailures, ...requests, ...retention, ...rules, ...schedule, ...witness };
