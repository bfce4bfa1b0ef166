import type { JournalPlace } from "../../../contracts/journal.ts";

type Where = Pick<JournalPlace, "bucket" | "folder">;

async function folderOf({ bucket, folder }: Where): Promise<FileSystemDirectoryHandle> {
  const opened = await navigator.storageBuckets?.open(bucket);
  if (!opened) throw new Error("no buckets");
  return (await opened.getDirectory()).getDirectoryHandle(folder);
}

/** Puts an empty file into a bucket, beside the folders. */
export async function putFile(bucket: string, name: string): Promise<void> {
  const opened = await navigator.storageBuckets?.open(bucket);
  if (!opened) throw new Error("no buckets");
  await (await opened.getDirectory()).getFileHandle(name, { create: true });
}

/** Names of the journal's files, oldest first. */
export async function filesOf(where: Where): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const name of (await folderOf(where)).keys()) names.push(name);
  return names.sort();
}

export async function removeFile(where: Where, name: string): Promise<void> {
  await (await folderOf(where)).removeEntry(name);
}

/** Changes a file as a bad disk would, while no journal has it open. */
export async function damageFile(where: Where, name: string, change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>): Promise<void> {
  const file = await (await folderOf(where)).getFileHandle(name);
  const bytes = change(new Uint8Array(await (await file.getFile()).arrayBuffer()));
  const writable = await file.createWritable();
  await writable.write(bytes);
  await writable.close();
}
