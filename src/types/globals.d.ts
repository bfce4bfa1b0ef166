/** Set by the build: the version in package.json and the commit it was built from. */
declare const __APP_VERSION__: string;

interface StorageBucketLike {
  readonly name: string;
  readonly indexedDB: IDBFactory;
  persist(): Promise<boolean>;
  persisted(): Promise<boolean>;
  estimate(): Promise<StorageEstimate>;
  getDirectory(): Promise<FileSystemDirectoryHandle>;
}

interface StorageBucketManagerLike {
  open(name: string, options?: { persisted?: boolean; durability?: "strict" | "relaxed"; quota?: number }): Promise<StorageBucketLike>;
  delete(name: string): Promise<void>;
  keys(): Promise<string[]>;
}

interface Navigator {
  readonly storageBuckets?: StorageBucketManagerLike;
}

interface WorkerNavigator {
  readonly storageBuckets?: StorageBucketManagerLike;
}
