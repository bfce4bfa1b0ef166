import { msg } from "@lit/localize";

import type { LawRegion, PersonFailure, PersonInput, RosterFileFailure, RosterRowError } from "../../../app/api/administration.ts";
import type { Attempt, Direction, PunchMethod, StepUp } from "../../../domain/attendance/types.ts";
import type { GuidanceReason } from "../../../domain/biometrics/types.ts";
import type { CameraDifference } from "../../../domain/device/camera-identity.ts";
import type { Failure } from "../../../domain/errors.ts";
import type { EmploymentType } from "../../../domain/people/types.ts";
import { accessWord, isAccessFailure } from "../users/words.ts";

/** The words for kinds that the app returns. One function for each family, so that a new kind without words is a type error. */

export function employmentType(type: EmploymentType): string {
  switch (type) {
    case "full-time":
      return msg("Full-time", { id: "admin.type.full-time" });
    case "part-time":
      return msg("Part-time", { id: "admin.type.part-time" });
    case "intern":
      return msg("Intern", { id: "admin.type.intern" });
    case "dispatched":
      return msg("Dispatched", { id: "admin.type.dispatched" });
  }
}

export function directionWord(direction: Direction): string {
  return direction === "in" ? msg("In", { id: "admin.direction.in" }) : msg("Out", { id: "admin.direction.out" });
}

export function methodWord(method: PunchMethod): string {
  switch (method) {
    case "face":
      return msg("Face", { id: "admin.method.face" });
    case "pin":
      return msg("PIN", { id: "admin.method.pin" });
    case "badge":
      return msg("Badge", { id: "admin.method.badge" });
    case "attested":
      return msg("Attested", { id: "admin.method.attested" });
  }
}

/** What was asked for besides the face. */
export function stepUpWord(step: StepUp): string {
  return step === "challenge" ? msg("Movement", { id: "admin.step.challenge" }) : msg("PIN after the face", { id: "admin.step.second-factor" });
}

/** In what another camera is not the confirmed one. */
export function cameraDifferenceWord(difference: CameraDifference): string {
  switch (difference) {
    case "label":
      return msg("another name", { id: "admin.camera.differs.label" });
    case "device":
      return msg("the confirmed one is there too, and this is not it", { id: "admin.camera.differs.device" });
    case "facing":
      return msg("looks to the other side", { id: "admin.camera.differs.facing" });
    case "resolution":
      return msg("another picture size", { id: "admin.camera.differs.resolution" });
    case "frame-rate":
      return msg("another number of pictures a second", { id: "admin.camera.differs.frame-rate" });
    case "controls":
      return msg("fewer things can be set on it", { id: "admin.camera.differs.controls" });
  }
}

export function attemptWord(kind: Attempt["kind"]): string {
  switch (kind) {
    case "no-candidate":
      return msg("Nobody enrolled was recognised", { id: "admin.attempt.no-candidate" });
    case "ambiguous":
      return msg("Two people looked too much alike to decide", { id: "admin.attempt.ambiguous" });
    case "attack-suspected":
      return msg("Suspected picture, screen or mask", { id: "admin.attempt.attack-suspected" });
    case "liveness-undecided":
      return msg("It stayed unclear whether a live person was there", { id: "admin.attempt.liveness-undecided" });
    case "pin-refused":
      return msg("Number and PIN did not match", { id: "admin.attempt.pin-refused" });
  }
}

export function regionWord(region: LawRegion): string {
  switch (region) {
    case "cn":
      return msg("Mainland China", { id: "admin.region.cn" });
    case "eu":
      return msg("European Union, EEA or United Kingdom", { id: "admin.region.eu" });
    case "us":
      return msg("United States", { id: "admin.region.us" });
    case "other":
      return msg("Another country", { id: "admin.region.other" });
  }
}

export function fieldWord(field: keyof PersonInput): string {
  switch (field) {
    case "employeeNumber":
      return msg("Employee number", { id: "admin.field.number" });
    case "name":
      return msg("Name", { id: "admin.field.name" });
    case "department":
      return msg("Department", { id: "admin.field.department" });
    case "employmentType":
      return msg("Employment", { id: "admin.field.type" });
  }
}

/** What is wrong and what to do, in one sentence or two. */
export function personFailure(kind: PersonFailure["kind"]): string {
  switch (kind) {
    case "person/number-empty":
      return msg("Enter the employee number.", { id: "admin.person.number-empty" });
    case "person/number-bad":
      return msg("Up to 32 letters, digits and - _ . / are possible.", { id: "admin.person.number-bad" });
    case "person/number-taken":
      return msg("Somebody else has this number already.", { id: "admin.person.number-taken" });
    case "person/name-empty":
      return msg("Enter the name.", { id: "admin.person.name-empty" });
    case "person/name-too-long":
      return msg("This name is too long. Shorten it.", { id: "admin.person.name-too-long" });
    case "person/department-too-long":
      return msg("This department is too long. Shorten it.", { id: "admin.person.department-too-long" });
    case "person/type-unknown":
      return msg("Choose full-time, part-time, intern or dispatched.", { id: "admin.person.type-unknown" });
    case "person/no-such":
      return msg("This person is no longer in the list.", { id: "admin.person.no-such" });
    case "person/store-failed":
      return msg("The tablet could not save this. Nothing was changed; try again.", { id: "admin.person.store-failed" });
    case "person/retired":
      return msg("This tablet is retired and takes nobody on any more. Use another one.", { id: "admin.person.retired" });
    case "person/storage-full":
      return msg("The tablet's storage is full. Nothing was changed; free some space first.", { id: "admin.person.storage-full" });
    case "access/not-signed-in":
    case "access/not-allowed":
    case "access/own-record":
    case "access/confirm-needed":
    case "access/not-logged":
      return accessWord(kind);
  }
}

/** What to do about one cell of a roster file. */
export function rosterRowFailure(kind: RosterRowError["kind"]): string {
  switch (kind) {
    case "roster/duplicate-in-file":
      return msg("The same number stands further up. Remove one of the two lines.", { id: "admin.roster.duplicate" });
    case "roster/formula":
      return msg("The cell starts like a formula. Write it as plain text.", { id: "admin.roster.formula" });
    case "roster/missing-column":
      return msg("The line ends before this column. Fill it in.", { id: "admin.roster.missing-column" });
    case "roster/too-many-columns":
      return msg("The line has more cells than the heading. Look for a stray comma.", { id: "admin.roster.too-many-columns" });
    case "person/number-empty":
    case "person/number-bad":
    case "person/number-taken":
    case "person/name-empty":
    case "person/name-too-long":
    case "person/department-too-long":
    case "person/type-unknown":
    case "person/no-such":
    case "person/store-failed":
    case "person/retired":
    case "person/storage-full":
    case "access/not-signed-in":
    case "access/not-allowed":
    case "access/own-record":
    case "access/confirm-needed":
    case "access/not-logged":
      return personFailure(kind);
  }
}

export function rosterFileFailure(kind: RosterFileFailure["kind"]): string {
  switch (kind) {
    case "roster/not-utf8":
      return msg("The encoding could not be recognised. Save the file as “CSV UTF-8” and choose it again.", { id: "admin.roster.not-utf8" });
    case "roster/empty":
      return msg("The file is empty.", { id: "admin.roster.empty" });
    case "roster/no-heading":
      return msg("The first line has to name the columns. Start from the example file.", { id: "admin.roster.no-heading" });
    case "roster/too-many-rows":
      return msg("The file has too many lines. Split it.", { id: "admin.roster.too-many-rows" });
    case "roster/too-large":
      return msg("The file is too large. Split it.", { id: "admin.roster.too-large" });
    case "roster/not-text":
      return msg("This is neither a CSV file nor an Excel workbook (.xlsx). In a spreadsheet, choose “Save as” and then one of them.", { id: "admin.roster.not-text" });
    case "roster/not-xlsx":
      return msg("The workbook cannot be read: it is damaged, protected by a password, or no .xlsx. Open it in a spreadsheet and save it again as .xlsx or CSV.", { id: "admin.roster.not-xlsx" });
    case "access/not-signed-in":
    case "access/not-allowed":
    case "access/own-record":
    case "access/confirm-needed":
    case "access/not-logged":
      return accessWord(kind);
  }
}

/** What a person in front of the camera is told. */
export function guidanceWord(reason: GuidanceReason | "hold-still" | "turn-a-little"): string {
  switch (reason) {
    case "no-face":
      return msg("Look into the camera", { id: "admin.guide.no-face" });
    case "several-people":
      return msg("One person only, please", { id: "admin.guide.several" });
    case "too-far":
      return msg("Come a little closer", { id: "admin.guide.too-far" });
    case "too-near":
      return msg("Step back a little", { id: "admin.guide.too-near" });
    case "off-centre":
      return msg("Move into the oval", { id: "admin.guide.off-centre" });
    case "turned-away":
      return msg("Turn back towards the camera", { id: "admin.guide.turned" });
    case "too-dark":
      return msg("Too dark: turn towards the light", { id: "admin.guide.dark" });
    case "too-bright":
      return msg("Too bright: move out of the light", { id: "admin.guide.bright" });
    case "uneven-light":
      return msg("The light comes from one side: turn a little", { id: "admin.guide.uneven" });
    case "covered":
      return msg("Part of the face is covered: take off mask or dark glasses, move hair aside", { id: "admin.guide.covered" });
    case "poor-picture":
      return msg("The camera's picture is compressed too much: set a better picture or use another camera", { id: "admin.guide.poor-picture" });
    case "blurred":
      return msg("Blurred: hold still, or wipe the lens", { id: "admin.guide.blurred" });
    case "hold-still":
      return msg("Hold still", { id: "admin.guide.hold" });
    case "turn-a-little":
      return msg("A little more", { id: "admin.guide.more" });
  }
}

/** Camera faults: what is wrong, then what to do. */
export function cameraFailure(kind: string): { readonly what: string; readonly todo: string } {
  switch (kind) {
    case "camera/none-found":
      return {
        what: msg("No camera found", { id: "admin.camera.none" }),
        todo: msg("Connect one, or go on without: the PIN way works with no camera.", { id: "admin.camera.none.todo" }),
      };
    case "camera/refused":
      return {
        what: msg("The browser may not use the camera", { id: "admin.camera.refused" }),
        todo: msg("Allow the camera in the browser's settings for this address, then try again.", { id: "admin.camera.refused.todo" }),
      };
    case "camera/in-use":
      return {
        what: msg("Another program is using the camera", { id: "admin.camera.in-use" }),
        todo: msg("Close the other program, then try again.", { id: "admin.camera.in-use.todo" }),
      };
    case "camera/unplugged":
      return {
        what: msg("The camera was unplugged", { id: "admin.camera.unplugged" }),
        todo: msg("Plug it in again; the picture comes back by itself.", { id: "admin.camera.unplugged.todo" }),
      };
    case "camera/frozen":
      return {
        what: msg("The picture stands still", { id: "admin.camera.frozen" }),
        todo: msg("The camera is being started again. If this stays, restart the tablet.", { id: "admin.camera.frozen.todo" }),
      };
    case "camera/insecure":
      return {
        what: msg("This address is not secure", { id: "admin.camera.insecure" }),
        todo: msg("Browsers give the camera to https addresses and localhost only.", { id: "admin.camera.insecure.todo" }),
      };
    case "camera/changed":
      return {
        what: msg("This is not the camera that was confirmed", { id: "admin.camera.changed" }),
        todo: msg("The face way rests, PINs go on. Confirm this camera on the device page if it is the right one.", { id: "admin.camera.changed.todo" }),
      };
    default:
      return {
        what: msg("The camera could not be opened", { id: "admin.camera.failed" }),
        todo: msg("Try again. If this stays, restart the tablet.", { id: "admin.camera.failed.todo" }),
      };
  }
}

/** For failures without words of their own. The kind is shown, so that help can be asked for. */
export function otherFailure(failure: Failure): string {
  if (isAccessFailure(failure.kind)) return accessWord(failure.kind);
  return `${msg("That did not work.", { id: "admin.failure.other" })} (${failure.kind})`;
}
