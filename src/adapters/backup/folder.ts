import type { BackupFolder, FolderFailure } from "../../app/backup/ports.ts";
import { failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { Shelf } from "./shelf.ts";

/** What the File System Access API adds to a handle; not every browser has it. */
type AskableHandle = FileSystemDirectoryHandle & {
  queryPermission?(options: { readonly mode: "readwrite" }): Promise<PermissionState>;
  requestPermission?(options: { readonly mode: "readwrite" }): Promise<PermissionState>;
};

type Picker = (options: { readonly id: string; readonly mode: "readwrite"; readonly startIn: "documents" }) => Promise<FileSystemDirectoryHandle>;

const READ_WRITE = { mode: "readwrite" } as const;
/** While a file is being written it has this at its end, so that nobody takes half a backup for one. */
const UNFINISHED = ".part";

/** The folder that was chosen with the browser's own picker; its handle is kept in IndexedDB. */
export class ChosenFolder implements BackupFolder {
  readonly #shelf: Pick<Shelf<unknown>, "folder" | "keepFolder">;
  readonly #picker: Picker | undefined;

  /** @param picker the browser's own when absent */
  constructor(shelf: Pick<Shelf<unknown>, "folder" | "keepFolder">, picker?: Picker) {
    this.#shelf = shelf;
    const { showDirectoryPicker } = globalThis as { readonly showDirectoryPicker?: Picker };
    this.#picker = picker ?? showDirectoryPicker?.bind(globalThis);
  }

  get supported(): boolean {
    return this.#picker !== undefined;
  }

  async choose(): Promise<Result<void, FolderFailure>> {
    if (!this.#picker) return err(failure("backup/folder-unsupported"));
    try {
      await this.#shelf.keepFolder(await this.#picker({ id: "clockface-backup", mode: "readwrite", startIn: "documents" }));
      return ok();
    } catch (error) {
      return err(error instanceof DOMException && error.name === "AbortError" ? failure("backup/cancelled") : folderFailure(error));
    }
  }

  async current(): ReturnType<BackupFolder["current"]> {
    const handle = await this.#handle();
    if (!handle) return null;
    const permission = (await handle.queryPermission?.(READ_WRITE)) ?? "granted";
    if (permission !== "granted") return { name: handle.name, state: "asks-again" };
    return { name: handle.name, state: (await isThere(handle)) ? "ready" : "gone" };
  }

  async allow(): Promise<Result<void, FolderFailure>> {
    const handle = await this.#handle();
    if (!handle) return err(failure("backup/folder-gone"));
    const permission = (await handle.requestPermission?.(READ_WRITE)) ?? "granted";
    return permission === "granted" ? ok() : err(failure("backup/folder-refused"));
  }

  async forget(): Promise<void> {
    await this.#shelf.keepFolder(null);
  }

  write(name: string, file: Blob): Promise<Result<void, FolderFailure>> {
    return this.#inFolder(async (folder) => {
      const part = await folder.getFileHandle(`${name}${UNFINISHED}`, { create: true });
      await fill(part, file);
      // What was written is read back before it takes its name: a full or broken disk is noticed now, not in need.
      if ((await part.getFile()).size !== file.size) throw new DOMException("short", "DataError");
      const movable = part as FileSystemFileHandle & { move?(name: string): Promise<void> };
      if (movable.move) await movable.move(name);
      else {
        await fill(await folder.getFileHandle(name, { create: true }), file);
        await folder.removeEntry(`${name}${UNFINISHED}`);
      }
    });
  }

  names(): Promise<Result<readonly string[], FolderFailure>> {
    return this.#inFolder(async (folder) => {
      const names: string[] = [];
      for await (const name of folder.keys()) names.push(name);
      return names;
    });
  }

  read(name: string): Promise<Result<File, FolderFailure>> {
    return this.#inFolder(async (folder) => (await folder.getFileHandle(name)).getFile());
  }

  remove(name: string): Promise<Result<void, FolderFailure>> {
    return this.#inFolder((folder) => folder.removeEntry(name));
  }

  async #inFolder<T>(work: (folder: AskableHandle) => Promise<T>): Promise<Result<T, FolderFailure>> {
    const handle = await this.#handle();
    if (!handle) return err(failure("backup/folder-gone"));
    try {
      return ok(await work(handle));
    } catch (error) {
      return err(folderFailure(error));
    }
  }

  async #handle(): Promise<AskableHandle | null> {
    const kept = await this.#shelf.folder();
    return kept instanceof FileSystemDirectoryHandle ? kept : null;
  }
}

async function fill(handle: FileSystemFileHandle, file: Blob): Promise<void> {
  const writable = await handle.createWritable();
  await file.stream().pipeTo(writable);
}

async function isThere(handle: AskableHandle): Promise<boolean> {
  try {
    await handle.keys()[Symbol.asyncIterator]().next();
    return true;
  } catch {
    return false;
  }
}

function folderFailure(error: unknown): FolderFailure {
  if (!(error instanceof DOMException)) return failure("backup/folder-failed", error instanceof Error ? error.name : undefined);
  if (error.name === "NotAllowedError" || error.name === "SecurityError") return failure("backup/folder-refused");
  if (error.name === "NotFoundError") return failure("backup/folder-gone");
  return failure("backup/folder-failed", error.name);
}
