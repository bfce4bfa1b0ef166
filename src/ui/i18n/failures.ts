import { msg } from "@lit/localize";

import type { OwnFailure } from "../../app/api/own-record.ts";
import type { BadgeFailure } from "../../app/ports/badges.ts";
import type { CameraFailure } from "../../app/ports/camera.ts";
import type { LedgerFailure, PinFailure } from "../../app/ports/ledger.ts";
import type { Recogniser } from "../../app/ports/recogniser.ts";
import type { Failure } from "../../domain/errors.ts";
import type { Err } from "../../domain/result.ts";
import type { FailureText } from "./failure-text.ts";
import { REQUEST_FAILURES, type RequestFailureKind } from "./request-failures.ts";

export type { FailureText };

/** The kinds of failure that a call of a port resolves to. */
type ErrorKind<Call extends (...values: never) => unknown> = Awaited<ReturnType<Call>> extends infer R ? (R extends Err<Failure<infer Kind>> ? Kind : never) : never;

export type KioskFailureKind =
  | CameraFailure["kind"]
  | PinFailure["kind"]
  | LedgerFailure["kind"]
  | OwnFailure["kind"]
  | BadgeFailure["kind"]
  | RequestFailureKind
  | ErrorKind<Recogniser["track"]>
  | ErrorKind<Recogniser["extract"]>
  | ErrorKind<Recogniser["search"]>
  | "recognition/locked";

const TEXTS: Readonly<Record<KioskFailureKind, () => FailureText>> = {
  ...REQUEST_FAILURES,
  "badge/not-a-badge": () => ({
    happened: msg("This code is no badge", { id: "failure.badge.not-a-badge" }),
    todo: msg("Please show the code of your badge, and no other.", { id: "failure.badge.not-a-badge.todo" }),
  }),
  "badge/unknown": () => ({
    happened: msg("This badge is not known here", { id: "failure.badge.unknown" }),
    todo: msg("Please use your PIN, and have a new badge printed.", { id: "failure.badge.unknown.todo" }),
  }),
  "badge/replaced": () => ({
    happened: msg("This badge is no longer in use", { id: "failure.badge.replaced" }),
    todo: msg("Please show the newer one, or use your PIN.", { id: "failure.badge.replaced.todo" }),
  }),
  "camera/none-found": () => ({
    happened: msg("No camera was found", { id: "failure.camera.none-found" }),
    todo: msg("Plug the camera in again. It is taken up by itself.", { id: "failure.camera.none-found.todo" }),
  }),
  "camera/refused": () => ({
    happened: msg("The camera is not allowed for this page", { id: "failure.camera.refused" }),
    todo: msg("An administrator allows it in the browser's site settings.", { id: "failure.camera.refused.todo" }),
  }),
  "camera/in-use": () => ({
    happened: msg("Another program is using the camera", { id: "failure.camera.in-use" }),
    todo: msg("Close the other program. The camera is taken up by itself.", { id: "failure.camera.in-use.todo" }),
  }),
  "camera/unplugged": () => ({
    happened: msg("The camera was disconnected", { id: "failure.camera.unplugged" }),
    todo: msg("Plug it in again. It is taken up by itself.", { id: "failure.camera.unplugged.todo" }),
  }),
  "camera/frozen": () => ({
    happened: msg("The camera picture has stopped", { id: "failure.camera.frozen" }),
    todo: msg("It is being restarted. If this stays, restart the tablet.", { id: "failure.camera.frozen.todo" }),
  }),
  "camera/insecure": () => ({
    happened: msg("The camera needs a secure address", { id: "failure.camera.insecure" }),
    todo: msg("An administrator opens this page by https.", { id: "failure.camera.insecure.todo" }),
  }),
  "camera/changed": () => ({
    happened: msg("This is not the camera that was set up", { id: "failure.camera.changed" }),
    todo: msg("Please use your PIN. An administrator confirms the camera on the device page.", { id: "failure.camera.changed.todo" }),
  }),
  "camera/failed": () => ({
    happened: msg("The camera does not start", { id: "failure.camera.failed" }),
    todo: msg("It is tried again by itself. If this stays, restart the tablet.", { id: "failure.camera.failed.todo" }),
  }),
  "own/not-logged": () => ({
    happened: msg("Your record cannot be shown now", { id: "failure.own.not-logged" }),
    todo: msg("Every look at a record is noted, and the note could not be written. An administrator looks at the device page.", { id: "failure.own.not-logged.todo" }),
  }),
  "own/no-such-person": () => ({
    happened: msg("Your record cannot be shown now", { id: "failure.own.not-logged" }),
    todo: msg("Please ask your administrator.", { id: "failure.own.no-such-person.todo" }),
  }),
  "own/pin-needed": () => ({
    happened: msg("Your PIN is needed for this", { id: "failure.own.pin-needed" }),
    todo: msg("Please enter it and try again.", { id: "failure.own.pin-needed.todo" }),
  }),
  "own/store-failed": () => ({
    happened: msg("The tablet could not save this, and nothing was changed", { id: "failure.own.store-failed" }),
    todo: msg("Please try again, or ask your administrator to do it.", { id: "failure.own.store-failed.todo" }),
  }),
  "own/restart-needed": () => ({
    happened: msg("This is done and saved", { id: "failure.own.restart-needed" }),
    todo: msg("Recognition did not answer: please have the tablet restarted now.", { id: "failure.own.restart-needed.todo" }),
  }),
  "pin/wrong": () => ({
    happened: msg("Number and PIN do not match", { id: "failure.pin.wrong" }),
    todo: msg("Please check the number and enter the PIN again.", { id: "failure.pin.wrong.todo" }),
  }),
  // The same words as for a wrong PIN: whether a number exists, or has a PIN, is not told at the kiosk.
  "pin/not-issued": () => ({
    happened: msg("Number and PIN do not match", { id: "failure.pin.not-issued" }),
    todo: msg("Please check the number and enter the PIN again.", { id: "failure.pin.not-issued.todo" }),
  }),
  "pin/locked": () => ({
    happened: msg("Too many tries", { id: "failure.pin.locked" }),
    todo: msg("Please wait a little and try again.", { id: "failure.pin.locked.todo" }),
  }),
  "pin/number-needed": () => ({
    happened: msg("The PIN alone does not say who you are", { id: "failure.pin.number-needed" }),
    todo: msg("Please enter your number and your PIN.", { id: "failure.pin.number-needed.todo" }),
  }),
  "pin/store-full": () => ({
    happened: msg("This tablet's storage is full", { id: "failure.pin.store-full" }),
    todo: msg("No PIN can be checked. Please tell your supervisor, who notes your time.", { id: "failure.pin.store-full.todo" }),
  }),
  "pin/store-failed": () => ({
    happened: msg("The PIN could not be checked", { id: "failure.pin.store-failed" }),
    todo: msg("Please try again. If this stays, tell your supervisor.", { id: "failure.pin.store-failed.todo" }),
  }),
  "ledger/storage-full": () => ({
    happened: msg("This tablet's storage is full", { id: "failure.ledger.storage-full" }),
    todo: msg("Please tell your supervisor, who notes your time.", { id: "failure.ledger.storage-full.todo" }),
  }),
  "ledger/write-failed": () => ({
    happened: msg("This tablet could not save it", { id: "failure.ledger.write-failed" }),
    todo: msg("Please try again. If this stays, tell your supervisor, who notes your time.", { id: "failure.ledger.write-failed.todo" }),
  }),
  "ledger/not-ready": () => ({
    happened: msg("This tablet is not ready yet", { id: "failure.ledger.not-ready" }),
    todo: msg("Please try again in a moment.", { id: "failure.ledger.not-ready.todo" }),
  }),
  "ledger/no-such-punch": () => ({
    happened: msg("That record was not found", { id: "failure.ledger.no-such-punch" }),
    todo: msg("Please tell your supervisor.", { id: "failure.ledger.no-such-punch.todo" }),
  }),
  "ledger/too-late": () => ({
    happened: msg("That record can no longer be changed here", { id: "failure.ledger.too-late" }),
    todo: msg("Please tell your supervisor, who can correct it.", { id: "failure.ledger.too-late.todo" }),
  }),
  "ledger/retired": () => ({
    happened: msg("This tablet is retired", { id: "failure.ledger.retired" }),
    todo: msg("Please use another one, or tell the administrator.", { id: "failure.ledger.retired.todo" }),
  }),
  "landmark/load-failed": () => ({
    happened: msg("Face recognition could not be loaded", { id: "failure.landmark.load-failed" }),
    todo: msg("An administrator reloads the page, once with the network on.", { id: "failure.landmark.load-failed.todo" }),
  }),
  "landmark/graph-failed": () => ({
    happened: msg("Face recognition has stopped", { id: "failure.landmark.graph-failed" }),
    todo: msg("It is being restarted. If this stays, restart the tablet.", { id: "failure.landmark.graph-failed.todo" }),
  }),
  "landmark/no-face": () => ({
    happened: msg("No face was found in the picture", { id: "failure.landmark.no-face" }),
    todo: msg("Use a picture that shows the face from the front.", { id: "failure.landmark.no-face.todo" }),
  }),
  "landmark/several-faces": () => ({
    happened: msg("There is more than one face in the picture", { id: "failure.landmark.several-faces" }),
    todo: msg("Use a picture with one person.", { id: "failure.landmark.several-faces.todo" }),
  }),
  "inference/load-failed": () => ({
    happened: msg("Face recognition could not be loaded", { id: "failure.inference.load-failed" }),
    todo: msg("An administrator reloads the page, once with the network on.", { id: "failure.inference.load-failed.todo" }),
  }),
  "inference/self-check-failed": () => ({
    happened: msg("Face recognition did not pass its self-check", { id: "failure.inference.self-check-failed" }),
    todo: msg("It stays off, so that nobody is mistaken. An administrator looks at the device page.", { id: "failure.inference.self-check-failed.todo" }),
  }),
  "inference/run-failed": () => ({
    happened: msg("Face recognition has stopped", { id: "failure.inference.run-failed" }),
    todo: msg("It is being restarted. If this stays, restart the tablet.", { id: "failure.inference.run-failed.todo" }),
  }),
  "inference/bad-sample": () => ({
    happened: msg("The picture could not be used", { id: "failure.inference.bad-sample" }),
    todo: msg("Please try again.", { id: "failure.inference.bad-sample.todo" }),
  }),
  "matcher/not-open": () => ({
    happened: msg("The enrolled faces are not loaded", { id: "failure.matcher.not-open" }),
    todo: msg("An administrator reloads the page.", { id: "failure.matcher.not-open.todo" }),
  }),
  "matcher/wrong-length": () => ({
    happened: msg("The enrolled faces belong to another recogniser", { id: "failure.matcher.wrong-length" }),
    todo: msg("An administrator enrols the people again.", { id: "failure.matcher.wrong-length.todo" }),
  }),
  "matcher/not-finite": () => ({
    happened: msg("The picture could not be used", { id: "failure.matcher.not-finite" }),
    todo: msg("Please try again.", { id: "failure.matcher.not-finite.todo" }),
  }),
  "template/decryption-failed": () => ({
    happened: msg("An enrolled face cannot be read", { id: "failure.template.decryption-failed" }),
    todo: msg("It was set aside. The person is enrolled again; everyone else is recognised as before.", { id: "failure.template.decryption-failed.todo" }),
  }),
  "template/other-model": () => ({
    happened: msg("An enrolled face was made with another recogniser", { id: "failure.template.other-model" }),
    todo: msg("The person is enrolled again.", { id: "failure.template.other-model.todo" }),
  }),
  "matcher/no-transform": () => ({
    happened: msg("The stored faces cannot be opened", { id: "failure.matcher.no-transform" }),
    todo: msg("Please use your PIN. An administrator restarts the tablet; if this stays, faces are enrolled again.", { id: "failure.matcher.no-transform.todo" }),
  }),
  "recognition/locked": () => ({
    happened: msg("Faces rest after the restart", { id: "failure.recognition.locked" }),
    todo: msg("Please use your PIN. Faces are back when an administrator has signed in on this tablet.", { id: "failure.recognition.locked.todo" }),
  }),
};

function isKioskFailureKind(kind: string): kind is KioskFailureKind {
  return Object.hasOwn(TEXTS, kind);
}

/** The words for a failure of the kiosk or of what it stands on; undefined for kinds of other areas. */
export function knownFailureText(failure: Failure): FailureText | undefined {
  return isKioskFailureKind(failure.kind) ? TEXTS[failure.kind]() : undefined;
}

/** As {@link knownFailureText}, with general words for kinds of other areas. */
export function failureText(failure: Failure): FailureText {
  return (
    knownFailureText(failure) ?? {
      happened: msg("Something does not work as it should", { id: "failure.unknown" }),
      todo: msg("Please try again. If this stays, tell an administrator.", { id: "failure.unknown.todo" }),
    }
  );
}
