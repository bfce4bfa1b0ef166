import { adminBackup } from "./admin-backup.ts";
import { adminAudit } from "./admin-audit.ts";
import { adminCompliance } from "./admin-compliance.ts";
import { adminDevice } from "./admin-device.ts";
import { adminEnrol } from "./admin-enrol.ts";
import { adminPeople } from "./admin-people.ts";
import { adminRecognition } from "./admin-recognition.ts";
import { adminRecords } from "./admin-records.ts";
import { adminReports } from "./admin-reports.ts";
import { adminRequests } from "./admin-requests.ts";
import { adminRights } from "./admin-rights.ts";
import { adminSetup } from "./admin-setup.ts";
import { adminShell } from "./admin-shell.ts";
import { adminUsers } from "./admin-users.ts";
import { adminWords } from "./admin-words.ts";
import type { TemplateMap } from "./template-map.ts";

export const admin: TemplateMap = {
  ...adminBackup,
  ...adminAudit,
  ...adminCompliance,
  ...adminDevice,
  ...adminEnrol,
  ...adminPeople,
  ...adminRecognition,
  ...adminRecords,
  ...adminReports,
  ...adminRequests,
  ...adminRights,
  ...adminSetup,
  ...adminShell,
  ...adminUsers,
  ...adminWords,
};
