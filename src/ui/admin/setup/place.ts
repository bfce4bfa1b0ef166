import { msg } from "@lit/localize";

/** What is left to do before one walks away: name, title, why. */
export function placePoints(): readonly (readonly [string, string, string])[] {
  return [
    [
      "lock",
      msg("Screen lock", { id: "admin.place.lock" }),
      msg("Give the device itself a PIN, so that nobody can leave the browser and look around.", { id: "admin.place.lock.why" }),
    ],
    [
      "encryption",
      msg("Disk encryption", { id: "admin.place.encryption" }),
      msg("Switched on from the factory on Android and ChromeOS; check it elsewhere. The keys lie on this disk.", { id: "admin.place.encryption.why" }),
    ],
    [
      "kiosk",
      msg("Kiosk mode", { id: "admin.place.kiosk" }),
      msg("Let the device start this page by itself, full screen, with the camera allowed by policy.", { id: "admin.place.kiosk.why" }),
    ],
    ["power", msg("Power", { id: "admin.place.power" }), msg("On the charger for good, screen never off.", { id: "admin.place.power.why" })],
    [
      "network",
      msg("Network", { id: "admin.place.network" }),
      msg("Not needed to punch. With a hub, the punches go there when the network is back.", { id: "admin.place.network.why" }),
    ],
    [
      "backup",
      msg("Backup", { id: "admin.place.backup" }),
      msg("A tablet that stands alone holds the only copy. Under Backup make the key and choose a folder, or pair a hub on the device page.", { id: "admin.place.backup.why" }),
    ],
  ];
}
