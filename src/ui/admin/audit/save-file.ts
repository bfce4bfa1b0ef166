/** Hands a file to the browser to be saved. */
export function saveFile(name: string, file: Blob): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // A large file is read while it is saved.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
