import type { BackupFolder, FolderFailure } from "../../../app/backup/ports.ts";
import { failure } from "../../../domain/errors.ts";
import { err, ok } from "../../../domain/result.ts";
import type { Result } from "../../../domain/result.ts";

/** A folder that is there while the test runs. */
export class MemoryFolder implements BackupFolder {
  readonly supported = true;
  readonly files = new Map<string, File>();
  state: "ready" | "asks-again" | "gone" = "ready";

  choose(): Promise<Result<void, FolderFailure>> {
    return Promise.resolve(ok());
  }

  current(): ReturnType<BackupFolder["current"]> {
    return Promise.resolve({ name: "Backups", state: this.state });
  }

  allow(): Promise<Result<void, FolderFailure>> {
    this.state = "ready";
    return Promise.resolve(ok());
  }

  forget(): Promise<void> {
    return Promise.resolve();
  }

  write(name: string, file: Blob): Promise<Result<void, FolderFailure>> {
    this.files.set(name, new File([file], name));
    return Promise.resolve(ok());
  }

  names(): Promise<Result<readonly string[], FolderFailure>> {
    return Promise.resolve(ok([...this.files.keys()]));
  }

  read(name: string): Promise<Result<File, FolderFailure>> {
    const file = this.files.get(name);
    return Promise.resolve(file ? ok(file) : err(failure("backup/folder-gone")));
  }

  remove(name: string): Promise<Result<void, FolderFailure>> {
    this.files.delete(name);
    return Promise.resolve(ok());
  }
}
